package dev.countersign.user;

import static java.util.Objects.requireNonNull;

/** A field of a registration or of a change of a user. */
public enum UserField {
    /** The e-mail address. */
    EMAIL,
    /** The username. */
    USERNAME,
    /** The new password. */
    PASSWORD,
    /** The current password. */
    CURRENT_PASSWORD,
    /** The free attributes, all together. */
    ATTRIBUTES;

    /**
     * One thing wrong with one field.
     *
     * @param field the field
     * @param flaw what is wrong
     */
    public record Problem(UserField field, UserFlaw flaw) {

        /** Rejects null components. */
        public Problem {
            requireNonNull(field, "field");
            requireNonNull(flaw, "flaw");
        }
    }
}
