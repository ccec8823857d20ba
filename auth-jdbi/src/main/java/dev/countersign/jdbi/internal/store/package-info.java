/** The users in our own table. */
@NullMarked
package dev.countersign.jdbi.internal.store;

import org.jspecify.annotations.NullMarked;
