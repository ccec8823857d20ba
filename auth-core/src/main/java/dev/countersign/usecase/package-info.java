/** One final class per use case, each with one {@code handle} method and its outcomes. */
@NullMarked
package dev.countersign.usecase;

import org.jspecify.annotations.NullMarked;
