/** An SQLite file that a server works on: what is checked before it is opened, and what is watched while it is open. */
@NullMarked
package dev.countersign.server.sqlite;

import org.jspecify.annotations.NullMarked;
