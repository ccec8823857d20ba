/** Argon2 and scrypt of other systems; the only place that names Bouncy Castle. */
@NullMarked
package dev.countersign.internal.hash.bouncycastle;

import org.jspecify.annotations.NullMarked;
