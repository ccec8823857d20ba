/** Working in-memory stores for tests, run through the same contracts as the real ones. */
@NullMarked
package dev.countersign.testkit.fake;

import org.jspecify.annotations.NullMarked;
