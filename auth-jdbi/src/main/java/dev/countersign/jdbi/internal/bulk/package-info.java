/** The users in our own table, by the thousand. */
@NullMarked
package dev.countersign.jdbi.internal.bulk;

import org.jspecify.annotations.NullMarked;
