/** Argon2 and scrypt of other systems; with internal.pem the only places that name Bouncy Castle. */
@NullMarked
package dev.countersign.internal.hash.bouncycastle;

import org.jspecify.annotations.NullMarked;
