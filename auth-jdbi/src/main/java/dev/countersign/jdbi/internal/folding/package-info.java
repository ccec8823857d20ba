/** The folded forms by which stored identifiers are found. */
@NullMarked
package dev.countersign.jdbi.internal.folding;

import org.jspecify.annotations.NullMarked;
