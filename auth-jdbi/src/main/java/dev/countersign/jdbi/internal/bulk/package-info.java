/** The users in our own table, in batches. */
@NullMarked
package dev.countersign.jdbi.internal.bulk;

import org.jspecify.annotations.NullMarked;
