package dev.countersign.server.transfer;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.Locale;

/** What a row may say, in the order in which an export says it. */
enum TransferField {
    /** The internal number. */
    ID,
    /** The UUID. */
    UUID,
    /** Another system's id, from which a UUID is made. */
    EXTERNAL_ID,
    /** The e-mail address. */
    EMAIL,
    /** The username. */
    USERNAME,
    /** Whether the username is a JSON number, for CSV, which has none. */
    USERNAME_NUMBER,
    /** Whether the user may log in. */
    STATUS,
    /** The free attributes. */
    ATTRIBUTES,
    /** The password's stored form. */
    PASSWORD_HASH,
    /** The password itself. */
    PASSWORD,
    /** When the user was stored. */
    CREATED_AT,
    /** When the user last changed. */
    UPDATED_AT,
    /** The latest login. */
    LAST_LOGIN_AT,
    /** The login before it. */
    PREVIOUS_LOGIN_AT,
    /** When the password last changed. */
    PASSWORD_CHANGED_AT,
    /** When another Countersign stored the user. */
    STORED_AT,
    /** Since when the user has had the e-mail address. */
    EMAIL_SINCE,
    /** Since when the user has had the username. */
    USERNAME_SINCE,
    /** What of the user is the same in the system it comes from. */
    KEPT,
    /** The name of that system. */
    SYSTEM,
    /** The line a rejected row came from; ignored. */
    REJECT_LINE,
    /** Why the row was rejected; ignored. */
    REJECT_REASONS;

    /** What comes before the name of an attribute that has a column of its own. */
    static final String ATTRIBUTE_PREFIX = "attributes.";

    private static final ImmutableList<String> KEYS =
            Arrays.stream(values()).map(TransferField::key).collect(ImmutableList.toImmutableList());

    private final String key = name().toLowerCase(Locale.ROOT);

    String key() {
        return key;
    }

    static ImmutableList<String> keys() {
        return KEYS;
    }
}
