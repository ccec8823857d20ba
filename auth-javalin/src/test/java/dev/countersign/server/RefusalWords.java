package dev.countersign.server;

import com.google.common.collect.ImmutableMap;
import dev.countersign.user.UserFlaw;
import java.util.Map;

/** What each path says about a password that it refuses. */
final class RefusalWords {

    static final Map<UserFlaw, String> WIRE = words(
            "must have at least 15 characters",
            "must have at most 64 characters",
            "must have at most 72 bytes of UTF-8",
            "cannot be used",
            "is a password that many have",
            "must not be the e-mail address, the part before its @, or the username");
    static final Map<UserFlaw, String> FILE = words(
            "is too short (minimum is 15 characters)",
            "is too long (maximum is 64 characters)",
            "is too long (maximum is 72 bytes)",
            "is invalid",
            "is too common",
            "is the email or the username");
    static final Map<UserFlaw, String> COMMAND = words(
            "password: needs at least 15 characters",
            "password: has more than 64 characters",
            "password: is longer than 72 bytes in UTF-8",
            "password: has a NUL character or is not Unicode text",
            "password: is one that many people use",
            "password: is the user's own e-mail address, the part before its @, or username");
    static final Map<UserFlaw, String> IMPORT = words(
            "password: it has fewer than 15 characters",
            "password: it is longer than 72 bytes in UTF-8",
            "password: it is longer than 72 bytes in UTF-8",
            "password: it has a NUL character or is not Unicode text",
            "password: it is one that many people use",
            "password: it is the user's own e-mail address, the part before its @, or username");
    static final Map<UserFlaw, String> FLAW =
            words("TOO_SHORT", "TOO_LONG", "TOO_MANY_BYTES", "MALFORMED", "TOO_COMMON", "LIKE_IDENTIFIER");

    private static Map<UserFlaw, String> words(
            String tooShort, String tooLong, String bytes, String malformed, String common, String own) {
        return ImmutableMap.of(
                UserFlaw.TOO_SHORT, tooShort,
                UserFlaw.TOO_LONG, tooLong,
                UserFlaw.TOO_MANY_BYTES, bytes,
                UserFlaw.MALFORMED, malformed,
                UserFlaw.TOO_COMMON, common,
                UserFlaw.LIKE_IDENTIFIER, own);
    }

    private RefusalWords() {}
}
