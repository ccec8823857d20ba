/** The command line. */
@NullMarked
package dev.countersign.javalin.server.command;

import org.jspecify.annotations.NullMarked;
