/** Iterated, salted and plain digests of other systems, computed by the JDK. */
@NullMarked
package dev.countersign.internal.hash.digest;

import org.jspecify.annotations.NullMarked;
