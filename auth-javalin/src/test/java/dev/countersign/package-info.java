/** Tests of the whole system. */
@NullMarked
package dev.countersign;

import org.jspecify.annotations.NullMarked;
