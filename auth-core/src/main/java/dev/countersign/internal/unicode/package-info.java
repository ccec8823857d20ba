/** Unicode rules for letters and domains, the same on every JDK; the only place that names ICU4J. */
@NullMarked
package dev.countersign.internal.unicode;

import org.jspecify.annotations.NullMarked;
