/** The interfaces the core needs from the outside. Interfaces only. */
@NullMarked
package dev.countersign.port;

import org.jspecify.annotations.NullMarked;
