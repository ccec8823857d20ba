package dev.countersign.session;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** A session's id. It names a session but gives no access to it. */
public record SessionId(UUID value) {

    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    /** Rejects null. */
    public SessionId {
        requireNonNull(value, "value");
    }

    /**
     * Parses an id.
     *
     * @param text any text
     * @return the id; empty if the text is not a UUID in its usual form
     */
    public static Optional<SessionId> parse(String text) {
        requireNonNull(text, "text");

        return UUID_TEXT.matcher(text).matches() ? Optional.of(new SessionId(UUID.fromString(text))) : Optional.empty();
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
