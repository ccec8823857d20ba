/** The stores over JDBI, for SQLite and PostgreSQL; {@link dev.countersign.jdbi.JdbiAuthStores} is the entry point. */
@NullMarked
package dev.countersign.jdbi;

import org.jspecify.annotations.NullMarked;
