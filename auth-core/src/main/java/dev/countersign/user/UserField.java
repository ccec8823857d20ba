package dev.countersign.user;

/** What a person gives to be registered or changed, apart from free attributes. */
public enum UserField {
    /** The e-mail address. */
    EMAIL,
    /** The username. */
    USERNAME,
    /** The new password. */
    PASSWORD,
    /** The password until now. */
    CURRENT_PASSWORD;

    /**
     * One thing wrong with one field.
     *
     * @param field the field
     * @param flaw what is wrong
     */
    public record Problem(UserField field, UserFlaw flaw) {}
}
