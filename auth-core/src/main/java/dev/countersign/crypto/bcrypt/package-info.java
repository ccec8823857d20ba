/** Password hashing with bcrypt; with {@code internal.hash.bcrypt} the only place that names at.favre. */
@NullMarked
package dev.countersign.crypto.bcrypt;

import org.jspecify.annotations.NullMarked;
