/** Users as rows of plain values, for whoever writes a store. */
@NullMarked
package dev.countersign.internal.row;

import org.jspecify.annotations.NullMarked;
