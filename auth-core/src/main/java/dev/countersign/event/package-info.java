/** What happened, for logs and alarms. */
@NullMarked
package dev.countersign.event;

import org.jspecify.annotations.NullMarked;
