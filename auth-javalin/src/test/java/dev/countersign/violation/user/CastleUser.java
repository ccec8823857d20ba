package dev.countersign.violation.user;

import org.bouncycastle.crypto.generators.SCrypt;

/** Names Bouncy Castle outside its home. */
final class CastleUser {

    private CastleUser() {}

    static byte[] hash(byte[] bytes) {
        return SCrypt.generate(bytes, bytes, 2, 1, 1, 16);
    }
}
