/** Users as rows of plain values, for writing a store. */
@NullMarked
package dev.countersign.internal.row;

import org.jspecify.annotations.NullMarked;
