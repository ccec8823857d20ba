/** In-memory stores for tests. They pass the same contracts as the real stores. */
@NullMarked
package dev.countersign.testkit.fake;

import org.jspecify.annotations.NullMarked;
