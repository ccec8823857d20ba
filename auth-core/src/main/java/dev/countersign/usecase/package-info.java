/** One final class per thing one can do, each with one {@code handle} and its outcomes. */
@NullMarked
package dev.countersign.usecase;

import org.jspecify.annotations.NullMarked;
