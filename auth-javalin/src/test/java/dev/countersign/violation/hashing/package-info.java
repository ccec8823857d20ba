/** Deliberate violations of the rules of the house, and what keeps to them. */
@NullMarked
package dev.countersign.violation.hashing;

import org.jspecify.annotations.NullMarked;
