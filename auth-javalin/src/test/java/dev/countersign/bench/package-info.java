/** The benchmark of {@code scripts/bench.sh}: this server and others, side by side on the same users. */
@NullMarked
package dev.countersign.bench;

import org.jspecify.annotations.NullMarked;
