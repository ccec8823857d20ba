/** Argon2 and scrypt of other systems; the only place that names Bouncy Castle. */
@NullMarked
package dev.countersign.crypto.bouncycastle;

import org.jspecify.annotations.NullMarked;
