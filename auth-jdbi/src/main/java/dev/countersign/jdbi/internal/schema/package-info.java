/** The scripts that make our tables, and how far a database is. */
@NullMarked
package dev.countersign.jdbi.internal.schema;

import org.jspecify.annotations.NullMarked;
