/** Jetty handlers in front of Javalin: they read request bodies without holding a thread. */
@NullMarked
package dev.countersign.javalin.jetty;

import org.jspecify.annotations.NullMarked;
