/** One abstract suite per port: what every adapter must show. */
@NullMarked
package dev.countersign.testkit.contract;

import org.jspecify.annotations.NullMarked;
