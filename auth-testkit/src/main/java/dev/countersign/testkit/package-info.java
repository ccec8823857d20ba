/** Runs contracts on broken adapters, which shows that they catch what they are for. */
@NullMarked
package dev.countersign.testkit;

import org.jspecify.annotations.NullMarked;
