/** Runs contracts on deliberately broken adapters, to show that the contracts detect the defects. */
@NullMarked
package dev.countersign.testkit;

import org.jspecify.annotations.NullMarked;
