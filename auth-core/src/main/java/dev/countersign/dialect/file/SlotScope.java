package dev.countersign.dialect.file;

import com.google.common.collect.ImmutableList;
import dev.countersign.template.SlotName;
import dev.countersign.user.UserSlots;
import java.util.List;

/** The places of a dialect file, each with the slots that have a value there. */
public enum SlotScope {
    /** A token's JOSE header. */
    TOKEN_HEADER("token.header", false, "key.id"),
    /** A token's claims. */
    CLAIMS(
            "token.claims",
            true,
            "token.id",
            "token.issued_at",
            "token.expires_at",
            "token.lifetime",
            "token.credential",
            "session.id"),
    /** The answer that issues a new token. */
    NEW_TOKEN(
            "answers of login, register, refresh and renew",
            true,
            "token",
            "token.id",
            "token.issued_at",
            "token.expires_at",
            "token.lifetime",
            SlotScope.REFRESH_TOKEN,
            "refresh_token.issued_at",
            "refresh_token.expires_at",
            "refresh_token.lifetime",
            "session.id",
            SlotScope.ANY_HEADER),
    /** The answer to a change, which ends the presented token or does not. */
    CHANGED_USER(
            "answers of update and password",
            true,
            "token",
            "token.issued_at",
            "token.expires_at",
            "token.lifetime",
            SlotScope.REFRESH_TOKEN,
            "refresh_token.issued_at",
            "refresh_token.expires_at",
            "refresh_token.lifetime",
            "session.id",
            SlotScope.ANY_HEADER),
    /** The answer to a request that carried a token. */
    PRESENTED_TOKEN(
            "answers to requests with a token",
            true,
            "token",
            "token.issued_at",
            "token.expires_at",
            "token.lifetime",
            "session.id",
            SlotScope.ANY_HEADER),
    /** The answer with the sessions. */
    SESSIONS("the answer of sessions", true, "sessions", "session.id", SlotScope.ANY_HEADER),
    /** One session of the list. */
    SESSION(
            "each session of sessions",
            false,
            "session.id",
            "session.created_at",
            "session.last_used_at",
            "session.expires_at",
            "session.client",
            "session.current"),
    /** The answer of a logout, which may have been asked for with a refresh token alone. */
    LOGGED_OUT("the answer of logout", false, SlotScope.ANY_HEADER),
    /** The answer with the public keys. */
    KEYS("the answer of keys", false, "keys", SlotScope.ANY_HEADER),
    /** Headers of every answer. */
    ANY_ANSWER("answers.headers", false, SlotScope.ANY_HEADER),
    /** An error. */
    ERROR(
            "errors",
            false,
            "error.reason",
            "error.status",
            "error.message",
            "error.method",
            "error.media_type",
            "error.header",
            "error.allow",
            "error.retry_after",
            "field.name",
            "field.pointer",
            "field.message",
            "field.code",
            "field.limit",
            "fields",
            SlotScope.ANY_HEADER),
    /** The report of one flawed field. */
    FIELD("field_errors.each", false, "field.name", "field.pointer", "field.message", "field.code", "field.limit"),
    /** A flaw's message. */
    MESSAGE("the messages of flaws", false, "field.name", "field.pointer", "field.limit");

    /** The slot of the refresh token. */
    static final String REFRESH_TOKEN = "refresh_token";

    /** The slot of any request header: its last part is the header's name. */
    static final String ANY_HEADER = "request.header.*";

    private static final String HEADER = "request.header.";

    private final String place;
    private final boolean users;
    private final ImmutableList<String> names;

    SlotScope(String place, boolean users, String... names) {
        this.place = place;
        this.users = users;
        this.names = ImmutableList.copyOf(names);
    }

    /** {@return the place in a file} */
    String place() {
        return place;
    }

    /** {@return the names of the slots, without those of the user; a star stands for any header name} */
    public List<String> names() {
        return names;
    }

    /** {@return whether the slots of the user have a value, too} */
    public boolean hasUser() {
        return users;
    }

    boolean fills(SlotName name) {
        if (name.source().equals(UserSlots.SOURCE)) {
            return users && UserSlots.has(name);
        }
        return names.contains(isHeader(name) ? ANY_HEADER : name.toString());
    }

    private static boolean isHeader(SlotName name) {
        return name.parts().size() == 3 && name.toString().startsWith(HEADER);
    }

    /** {@return every name, including those of the user} */
    ImmutableList<String> everyName() {
        ImmutableList.Builder<String> all = ImmutableList.<String>builder().addAll(names);
        if (users) {
            UserSlots.names().forEach(name -> all.add(UserSlots.SOURCE + "." + name));
        }
        return all.build();
    }
}
