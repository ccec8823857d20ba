/** The table of counted failed logins. */
@NullMarked
package dev.countersign.jdbi.internal.throttle;

import org.jspecify.annotations.NullMarked;
