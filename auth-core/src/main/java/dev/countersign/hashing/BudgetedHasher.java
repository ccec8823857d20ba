package dev.countersign.hashing;

import static java.util.Objects.requireNonNull;

import dev.countersign.OverloadFault;
import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.port.PasswordHasher;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A hasher whose hashes count in a {@link HashBudget}: {@link #hash} and {@link #verify} wait for a thread of the budget and may throw an {@link
 * OverloadFault}. Use the methods with a {@link Requester} where it is known. Thread-safe.
 */
public final class BudgetedHasher implements PasswordHasher {

    private final PasswordHasher hasher;
    private final @Nullable HashBudget budget;

    BudgetedHasher(PasswordHasher hasher, @Nullable HashBudget budget) {
        this.hasher = hasher;
        this.budget = budget;
    }

    /**
     * A hasher as it is: without a budget of its own, its hashes are computed on the callers' threads.
     *
     * @param hasher any hasher
     * @return the hasher itself if it has a budget; otherwise a view of it without limits
     */
    public static BudgetedHasher of(PasswordHasher hasher) {
        requireNonNull(hasher, "hasher");

        return hasher instanceof BudgetedHasher budgeted ? budgeted : new BudgetedHasher(hasher, null);
    }

    /** {@return the budget; empty if there are no limits} */
    public Optional<HashBudget> budget() {
        return Optional.ofNullable(budget);
    }

    /**
     * Hashes a new password.
     *
     * @param password see {@link PasswordHasher#hash}
     * @param requester for whom
     * @return the hash
     * @throws OverloadFault if the budget has no room
     * @throws IllegalArgumentException if the password is malformed or too long
     * @throws IllegalStateException if the password is closed
     */
    public PasswordHash hash(RawPassword password, Requester requester) {
        requireNonNull(password, "password");
        requireNonNull(requester, "requester");

        return budget == null
                ? hasher.hash(password)
                : budget.run(hasher, password, null, requester).hashed();
    }

    /**
     * Hashes a password anew if that needs no waiting; a busy budget is for those who log in.
     *
     * @param password see {@link PasswordHasher#hash}
     * @param requester for whom
     * @return the hash; empty if the budget is busy
     * @throws IllegalStateException if the password is closed
     */
    public Optional<PasswordHash> hashIfFree(RawPassword password, Requester requester) {
        requireNonNull(password, "password");
        requireNonNull(requester, "requester");

        try {
            return budget == null || budget.isFree() ? Optional.of(hash(password, requester)) : Optional.empty();
        } catch (OverloadFault meanwhile) {
            return Optional.empty();
        }
    }

    /**
     * Checks a password.
     *
     * @param password any password
     * @param stored the stored form
     * @param requester for whom
     * @return whether they match
     * @throws OverloadFault if the budget has no room
     * @throws IllegalStateException if the password is closed
     */
    public boolean verify(RawPassword password, PasswordHash stored, Requester requester) {
        requireNonNull(password, "password");
        requireNonNull(stored, "stored");
        requireNonNull(requester, "requester");

        return budget == null
                ? hasher.verify(password, stored)
                : budget.run(hasher, password, stored, requester).matched();
    }

    @Override
    public PasswordHash hash(RawPassword password) {
        return hash(password, Requester.unknown());
    }

    @Override
    public boolean verify(RawPassword password, PasswordHash stored) {
        return verify(password, stored, Requester.unknown());
    }

    @Override
    public long memoryBytes(PasswordHash stored) {
        return hasher.memoryBytes(requireNonNull(stored, "stored"));
    }

    @Override
    public boolean outdated(PasswordHash stored) {
        return hasher.outdated(requireNonNull(stored, "stored"));
    }

    @Override
    public boolean shouldRehash(RawPassword matched, PasswordHash stored) {
        return hasher.shouldRehash(requireNonNull(matched, "matched"), requireNonNull(stored, "stored"));
    }

    @Override
    public PasswordHash decoy() {
        return hasher.decoy();
    }

    @Override
    public PasswordHash decoyLike(PasswordHash stored) {
        return hasher.decoyLike(requireNonNull(stored, "stored"));
    }

    @Override
    public int longestBytes() {
        return hasher.longestBytes();
    }
}
