/** Where requests come from, and how long a client waits after failures. */
@NullMarked
package dev.countersign.throttle;

import org.jspecify.annotations.NullMarked;
