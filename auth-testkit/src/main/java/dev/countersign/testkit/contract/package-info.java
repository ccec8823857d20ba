/** One abstract test suite per port: the behaviour that every adapter must have. */
@NullMarked
package dev.countersign.testkit.contract;

import org.jspecify.annotations.NullMarked;
