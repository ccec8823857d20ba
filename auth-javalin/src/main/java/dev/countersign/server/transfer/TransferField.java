package dev.countersign.server.transfer;

/**
 * One field of a row.
 *
 * @param key its name in a file
 */
record TransferField(String key) {

    /** The internal number. */
    static final TransferField ID = new TransferField("id");
    /** The UUID. */
    static final TransferField UUID = new TransferField("uuid");
    /** The user's id in another system, from which a UUID is derived. */
    static final TransferField EXTERNAL_ID = new TransferField("external_id");
    /** The e-mail address. */
    static final TransferField EMAIL = new TransferField("email");
    /** The username. */
    static final TransferField USERNAME = new TransferField("username");
    /** Whether the username is a JSON number; for CSV, which has no types. */
    static final TransferField USERNAME_NUMBER = new TransferField("username_number");
    /** Whether the user may log in. */
    static final TransferField STATUS = new TransferField("status");
    /** The free attributes. */
    static final TransferField ATTRIBUTES = new TransferField("attributes");
    /** The password's stored form. */
    static final TransferField PASSWORD_HASH = new TransferField("password_hash");
    /** The password itself. */
    static final TransferField PASSWORD = new TransferField("password");
    /** When another Countersign server stored the user. */
    static final TransferField STORED_AT = new TransferField("stored_at");
    /** The time from which the user has had the e-mail address. */
    static final TransferField EMAIL_SINCE = new TransferField("email_since");
    /** The time from which the user has had the username. */
    static final TransferField USERNAME_SINCE = new TransferField("username_since");
    /** The properties of the user that are the same in the system that the file comes from. */
    static final TransferField KEPT = new TransferField("kept");
    /** The name of that system. */
    static final TransferField SYSTEM = new TransferField("system");
    /** The line of a rejected row; ignored. */
    static final TransferField REJECT_LINE = new TransferField("reject_line");
    /** Why the row was rejected; ignored. */
    static final TransferField REJECT_REASONS = new TransferField("reject_reasons");

    /** The prefix of the name of an attribute's own column. */
    static final String ATTRIBUTE_PREFIX = "attributes.";
}
