package dev.countersign.user;

/** What a login names its user by. */
public enum IdentifierKind {
    /** An e-mail address. */
    EMAIL,
    /** A username. */
    USERNAME,
    /** Either: with an {@code @} it is an e-mail address. */
    EITHER;

    /**
     * The key to look a typed identifier up by; always exactly one look-up.
     *
     * @param typed what was typed
     * @return the key
     */
    public UserKey key(Identifier typed) {
        return this == EMAIL || (this == EITHER && typed.looksLikeEmail())
                ? new UserKey.ByEmail(typed)
                : new UserKey.ByUsername(typed);
    }
}
