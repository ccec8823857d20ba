/** Problems in files that users write, with their places. */
@NullMarked
package dev.countersign.file;

import org.jspecify.annotations.NullMarked;
