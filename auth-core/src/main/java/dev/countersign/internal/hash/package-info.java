/** Recognizes the formats of stored password hashes. */
@NullMarked
package dev.countersign.internal.hash;

import org.jspecify.annotations.NullMarked;
