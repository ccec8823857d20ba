/** The assembled library: {@link dev.countersign.Auth} and the one exception for failures. */
@NullMarked
package dev.countersign;

import org.jspecify.annotations.NullMarked;
