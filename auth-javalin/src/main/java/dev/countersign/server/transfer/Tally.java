package dev.countersign.server.transfer;

/**
 * The counts of an import so far.
 *
 * @param read rows that were read
 * @param added new users
 * @param updated existing users who were changed
 * @param existing existing users who were left unchanged
 * @param rejected rows that were rejected
 * @param wrapped users added or updated with a weak hash, which is stored wrapped in a slow one
 * @param weakPasswords users added or updated with a password that the rules for new passwords refuse
 */
public record Tally(
        long read, long added, long updated, long existing, long rejected, long wrapped, long weakPasswords) {

    /** All zeros. */
    public static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0, 0);

    Tally plus(Tally other) {
        return new Tally(
                read + other.read,
                added + other.added,
                updated + other.updated,
                existing + other.existing,
                rejected + other.rejected,
                wrapped + other.wrapped,
                weakPasswords + other.weakPasswords);
    }
}
