/** The users in an application's own table. */
@NullMarked
package dev.countersign.jdbi.internal.mapped;

import org.jspecify.annotations.NullMarked;
