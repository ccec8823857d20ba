package dev.countersign.token;

import dev.countersign.json.JsonObject;
import dev.countersign.user.Identifier;
import dev.countersign.user.User;
import dev.countersign.user.UserId;
import dev.countersign.user.UserKey;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A sample token of a new profile: a profile that refuses it would refuse every token that it issues. */
final class SampleToken {

    private static final Instant NOW = Instant.parse("2024-02-29T12:00:00Z");
    private static final UUID UUID_4 = UUID.fromString("0b5d9e30-5b1c-4f7a-9d5e-3f3d2c1b0a99");

    private static final Optional<String> SESSION = Optional.of(UUID_4.toString());

    private final TokenProfile profile;
    private final ExpiryRule expiry;

    SampleToken(TokenProfile profile, ExpiryRule expiry) {
        this.profile = profile;
        this.expiry = expiry;
    }

    void check() {
        User user = user();
        Instant issuedAt = profile.issueTime(user, NOW);
        Claims claims = claims();
        Optional<UserKey> key = profile.subject().key(claims);
        if (!key.equals(Optional.of(key(user)))) {
            throw new IllegalArgumentException(
                    "the claim " + profile.subject().at() + " of a new token does not name the user by "
                            + profile.subject().names() + " as a JSON "
                            + (profile.subject().asString() ? "string" : "number"));
        }
        if (!expiry.expiry(claims).equals(Optional.of(issuedAt.plus(profile.lifetime())))) {
            throw new IllegalArgumentException("the claim " + expiry.place()
                    + " of a new token does not tell its end; it is "
                    + (expiry instanceof ExpiryRule.FromExp
                            ? "\"${token.expires_at | epoch-seconds}\""
                            : "\"${token.issued_at | epoch-seconds}\", and there is no exp"));
        }
        if (!expiry.issuedAt(claims).equals(Optional.of(issuedAt))) {
            throw new IllegalArgumentException(
                    "the claim /iat of a new token does not tell its time of issue; it is \"${token.issued_at | epoch-seconds}\"");
        }
        TokenReading reading = profile.read(new Decoding.Verified(claims));
        boolean holds = reading instanceof TokenReading.Read read
                && profile.flaw(read.token(), user, issuedAt).isEmpty();
        if (!holds) {
            throw new IllegalArgumentException("a new token would be refused: " + reading);
        }
    }

    /** A token of the profile. */
    Claims claims() {
        User user = user();
        return profile.fill(
                TokenSlots.of(profile, user, UUID_4.toString(), "sample", profile.issueTime(user, NOW), SESSION));
    }

    private static User user() {
        return User.builder(new UserId(1), UUID_4, NOW)
                .email(Identifier.typed("sample@example.com"))
                .username(Identifier.typed("sample"))
                .attributes(JsonObject.EMPTY)
                .build();
    }

    private UserKey key(User user) {
        return switch (profile.subject().names()) {
            case ID -> new UserKey.ById(user.id());
            case UUID -> new UserKey.ByUuid(user.uuid());
            case EMAIL -> new UserKey.ByEmail(Identifier.typed("sample@example.com"));
            case USERNAME -> new UserKey.ByUsername(Identifier.typed("sample"));
        };
    }
}
