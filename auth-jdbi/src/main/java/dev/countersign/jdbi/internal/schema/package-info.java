/** The scripts that create our tables, and the schema version of a database. */
@NullMarked
package dev.countersign.jdbi.internal.schema;

import org.jspecify.annotations.NullMarked;
