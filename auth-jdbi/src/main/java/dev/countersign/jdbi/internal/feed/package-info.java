/** Reports changed users to every process that uses the database. */
@NullMarked
package dev.countersign.jdbi.internal.feed;

import org.jspecify.annotations.NullMarked;
