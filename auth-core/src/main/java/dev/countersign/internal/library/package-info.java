/** Libraries that an application may leave out. */
@NullMarked
package dev.countersign.internal.library;

import org.jspecify.annotations.NullMarked;
