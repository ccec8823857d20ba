/** The command line. */
@NullMarked
package dev.countersign.server.command;

import org.jspecify.annotations.NullMarked;
