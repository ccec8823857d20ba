/** Marks the types that must never show their content. */
@NullMarked
package dev.countersign.secret;

import org.jspecify.annotations.NullMarked;
