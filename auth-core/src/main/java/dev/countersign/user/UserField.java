package dev.countersign.user;

import static java.util.Objects.requireNonNull;

/** What a person gives to be registered or changed. */
public enum UserField {
    /** The e-mail address. */
    EMAIL,
    /** The username. */
    USERNAME,
    /** The new password. */
    PASSWORD,
    /** The password until now. */
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
