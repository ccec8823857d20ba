package dev.countersign.token;

import static java.util.Objects.requireNonNull;

import dev.countersign.json.Json;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonPointer;
import dev.countersign.json.JsonString;
import dev.countersign.user.Identifier;
import dev.countersign.user.Kept;
import dev.countersign.user.Origin;
import dev.countersign.user.UserId;
import dev.countersign.user.UserKey;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The claim that identifies a token's user.
 *
 * @param at the claim's place
 * @param names the property of the user that the claim contains
 * @param asString whether the claim is a JSON string; otherwise it is a JSON number, except that a username with its own type may be either
 */
public record SubjectClaim(JsonPointer at, Names names, boolean asString) {

    /** Rejects null components. */
    public SubjectClaim {
        requireNonNull(at, "at");
        requireNonNull(names, "names");
    }

    /** The property by which a token identifies its user. */
    public enum Names {
        /** The internal number. */
        ID(Kept.NUMBER),
        /** The UUID, always a string. */
        UUID(Kept.UUID),
        /** The e-mail address, always a string. */
        EMAIL(Kept.EMAIL),
        /** The username. */
        USERNAME(Kept.USERNAME);

        private final Kept kept;

        Names(Kept kept) {
            this.kept = kept;
        }

        /** {@return the property that an old system and ours must share for a user whom its tokens identify this way} */
        public Kept kept() {
            return kept;
        }

        /** {@return whether the property can become another user's; numbers and UUIDs stay with one user} */
        public boolean canChangeHands() {
            return this == EMAIL || this == USERNAME;
        }

        Instant since(Origin origin) {
            return switch (this) {
                case ID, UUID -> origin.storedAt();
                case EMAIL -> origin.emailSince();
                case USERNAME -> origin.usernameSince();
            };
        }
    }

    /**
     * Reads the subject.
     *
     * @param claims a verified token's claims
     * @return the key of the user; empty if the claim is absent, of another type, or not a valid key
     */
    public Optional<UserKey> key(Claims claims) {
        return claims.at(at).flatMap(this::key);
    }

    private Optional<UserKey> key(Json claim) {
        if (claim instanceof JsonString string && (asString || names == Names.USERNAME)) {
            return key(string.value());
        }
        if (claim instanceof JsonNumber number && !asString && number.isPlainInteger()) {
            return key(number.toString());
        }
        return Optional.empty();
    }

    private Optional<UserKey> key(String text) {
        try {
            return switch (names) {
                // A number has only one spelling: no sign, no leading zero.
                case ID ->
                    text.matches("[1-9][0-9]{0,18}")
                            ? Optional.of(new UserKey.ById(new UserId(Long.parseLong(text))))
                            : Optional.empty();
                case UUID -> uuid(text);
                case EMAIL ->
                    Optional.of(text)
                            .filter(SubjectClaim::isWhole)
                            .map(mail -> new UserKey.ByEmail(Identifier.typed(mail)));
                case USERNAME ->
                    Optional.of(text)
                            .filter(SubjectClaim::isWhole)
                            .map(name -> new UserKey.ByUsername(Identifier.typed(name)));
            };
        } catch (IllegalArgumentException noSuchKey) {
            return Optional.empty();
        }
    }

    private static boolean isWhole(String text) {
        return text.strip().equals(text);
    }

    private static Optional<UserKey> uuid(String text) {
        UUID uuid = UUID.fromString(text);
        return uuid.toString().equals(text) ? Optional.of(new UserKey.ByUuid(uuid)) : Optional.empty();
    }
}
