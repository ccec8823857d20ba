package dev.countersign.crypto.bcrypt;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;

/** The bcrypt library: the reference, and what is used if {@link TwoLaneEngine} is not. */
final class LibraryEngine implements BcryptEngine {

    // $2a$, $2b$ and $2y$ differ in nothing but the name.
    private static final BCrypt.Version VERSION = BCrypt.Version.VERSION_2B;
    private static final BCrypt.Hasher HASHER = BCrypt.with(VERSION, LongPasswordStrategies.strict(VERSION));

    @Override
    public byte[] digest(BcryptWork work) {
        return HASHER.hashRaw(work.cost(), work.salt(), work.password()).rawHash;
    }

    @Override
    public int atOnce() {
        return 1;
    }

    @Override
    public byte[][] digests(BcryptWork first, BcryptWork second) {
        return new byte[][] {digest(first), digest(second)};
    }
}
