/** The append-only table of security events. */
@NullMarked
package dev.countersign.jdbi.internal.event;

import org.jspecify.annotations.NullMarked;
