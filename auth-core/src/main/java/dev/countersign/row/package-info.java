/** Users as rows of plain values, for whoever writes a store. */
@NullMarked
package dev.countersign.row;

import org.jspecify.annotations.NullMarked;
