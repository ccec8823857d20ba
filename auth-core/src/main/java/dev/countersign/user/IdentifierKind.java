package dev.countersign.user;

/** How a login identifies its user. */
public enum IdentifierKind {
    /** An e-mail address. */
    EMAIL,
    /** A username. */
    USERNAME,
    /** Either of the two: with an {@code @} it is an e-mail address. */
    EITHER;

    /**
     * Returns the key for looking up a typed identifier; always exactly one look-up.
     *
     * @param typed the identifier, as typed
     * @return the key
     */
    public UserKey key(Identifier typed) {
        return this == EMAIL || (this == EITHER && typed.looksLikeEmail())
                ? new UserKey.ByEmail(typed)
                : new UserKey.ByUsername(typed);
    }
}
