/** The SQLite file of a server: checks before it is opened, and a watch while it is open. */
@NullMarked
package dev.countersign.server.sqlite;

import org.jspecify.annotations.NullMarked;
