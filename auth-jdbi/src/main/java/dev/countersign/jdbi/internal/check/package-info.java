/** Checks for damage in stored data. */
@NullMarked
package dev.countersign.jdbi.internal.check;

import org.jspecify.annotations.NullMarked;
