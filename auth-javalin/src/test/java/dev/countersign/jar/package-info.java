/** The jar on machines that are not well: full, read-only, locked, without a place to run a library from. Run once the jar is made. */
@NullMarked
package dev.countersign.jar;

import org.jspecify.annotations.NullMarked;
