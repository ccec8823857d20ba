/** What looks for damage in what is stored. */
@NullMarked
package dev.countersign.jdbi.internal.check;

import org.jspecify.annotations.NullMarked;
