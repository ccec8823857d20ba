/** Work on connections: transactions, retries, faults, and what differs between the databases. */
@NullMarked
package dev.countersign.jdbi.internal.sql;

import org.jspecify.annotations.NullMarked;
