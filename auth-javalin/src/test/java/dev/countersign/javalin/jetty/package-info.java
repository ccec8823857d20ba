/** The gate on a Jetty server without Javalin. */
@NullMarked
package dev.countersign.javalin.jetty;

import org.jspecify.annotations.NullMarked;
