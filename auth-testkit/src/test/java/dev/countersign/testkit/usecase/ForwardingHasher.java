package dev.countersign.testkit.usecase;

import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.port.PasswordHasher;

/** Leaves everything to another hasher, except what a test overrides. */
class ForwardingHasher implements PasswordHasher {

    private final PasswordHasher other;

    ForwardingHasher(PasswordHasher other) {
        this.other = other;
    }

    @Override
    public PasswordHash hash(RawPassword password) {
        return other.hash(password);
    }

    @Override
    public boolean verify(RawPassword password, PasswordHash stored) {
        return other.verify(password, stored);
    }

    @Override
    public boolean outdated(PasswordHash stored) {
        return other.outdated(stored);
    }

    @Override
    public PasswordHash decoy() {
        return other.decoy();
    }

    @Override
    public PasswordHash decoyLike(PasswordHash stored) {
        return other.decoyLike(stored);
    }

    @Override
    public boolean shouldRehash(RawPassword matched, PasswordHash stored) {
        return other.shouldRehash(matched, stored);
    }

    @Override
    public int longestBytes() {
        return other.longestBytes();
    }
}
