/** What an application tells of its tables, and what it hears of them. */
@NullMarked
package dev.countersign.jdbi.table;

import org.jspecify.annotations.NullMarked;
