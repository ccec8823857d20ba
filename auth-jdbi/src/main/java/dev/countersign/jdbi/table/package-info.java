/** Names and mappings of tables, and the results of checks and scans. */
@NullMarked
package dev.countersign.jdbi.table;

import org.jspecify.annotations.NullMarked;
