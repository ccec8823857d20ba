package dev.countersign.usecase;

import dev.countersign.json.JsonObject;
import dev.countersign.port.TokenCodec;
import dev.countersign.template.SlotName;
import dev.countersign.template.SlotValue;
import dev.countersign.template.Slots;
import dev.countersign.token.AccessToken;
import dev.countersign.token.Claims;
import dev.countersign.token.IssuedToken;
import dev.countersign.token.TokenProfile;
import dev.countersign.user.User;
import dev.countersign.user.UserSlots;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** Mints an access token for a user: fills the profile's header and claims and has them signed. Thread-safe. */
public final class IssueToken {

    private final TokenProfile profile;
    private final TokenCodec codec;
    private final InstantSource clock;
    private final SecureRandom random;

    /**
     * Needs everything.
     *
     * @param profile the form of the tokens
     * @param codec signs under the profile's algorithm
     * @param clock the present
     * @param random the source of token ids
     */
    public IssueToken(TokenProfile profile, TokenCodec codec, InstantSource clock, SecureRandom random) {
        this.profile = profile;
        this.codec = codec;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Mints.
     *
     * @param user for whom
     * @return the token
     */
    public IssuedToken handle(User user) {
        Instant issuedAt = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant expiresAt = issuedAt.plus(profile.lifetime());
        String id = RandomUuid.from(random).toString();
        Slots slots = name -> name.source().equals(UserSlots.SOURCE)
                ? UserSlots.value(user, name)
                : value(name, id, issuedAt, expiresAt);
        AccessToken token =
                codec.encode(new Claims((JsonObject) profile.header().fill(slots), (JsonObject)
                        profile.claims().fill(slots)));
        return new IssuedToken(token, id, issuedAt, expiresAt);
    }

    private SlotValue value(SlotName name, String id, Instant issuedAt, Instant expiresAt) {
        return switch (name.toString()) {
            case "token.id" -> SlotValue.of(id);
            case "token.issued_at" -> SlotValue.of(issuedAt);
            case "token.expires_at" -> SlotValue.of(expiresAt);
            case "token.lifetime" -> SlotValue.of(profile.lifetime().toSeconds());
            case "key.id" -> SlotValue.of(codec.keyId());
            default -> SlotValue.ABSENT;
        };
    }
}
