/** Deliberate violations of the rules of the house, and what keeps to them. */
@NullMarked
package dev.countersign.violation.jdbi.internal.sql;

import org.jspecify.annotations.NullMarked;
