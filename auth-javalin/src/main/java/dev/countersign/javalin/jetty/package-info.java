/** What stands in front of Javalin in its own server: bodies arrive without holding a thread. */
@NullMarked
package dev.countersign.javalin.jetty;

import org.jspecify.annotations.NullMarked;
