/** Deliberate violations of the rules of the house, and what keeps to them. */
@NullMarked
package dev.countersign.violation.crypto.jjwt;

import org.jspecify.annotations.NullMarked;
