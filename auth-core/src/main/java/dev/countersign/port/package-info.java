/** The interfaces that the core needs and adapters implement. Interfaces only. */
@NullMarked
package dev.countersign.port;

import org.jspecify.annotations.NullMarked;
