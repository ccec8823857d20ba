/** The stores over JDBI, for SQLite and PostgreSQL; {@link dev.countersign.jdbi.JdbiAuthStores} is the door. */
@NullMarked
package dev.countersign.jdbi;

import org.jspecify.annotations.NullMarked;
