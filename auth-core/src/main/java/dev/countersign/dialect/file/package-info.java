/** Reads dialect files: a file becomes a dialect, or all of its problems. */
@NullMarked
package dev.countersign.dialect.file;

import org.jspecify.annotations.NullMarked;
