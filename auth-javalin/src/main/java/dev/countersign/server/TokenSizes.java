package dev.countersign.server;

import dev.countersign.crypto.jjwt.SigningAlgorithm;
import dev.countersign.json.Json;
import dev.countersign.json.text.JsonText;
import dev.countersign.port.TokenCodec;
import dev.countersign.token.Claims;
import dev.countersign.token.TokenProfile;
import dev.countersign.token.TokenSlots;
import dev.countersign.user.User;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Checks the length of a user's tokens: a user with an attribute that makes a token too long could not log in. */
final class TokenSizes {

    private static final String LONGEST_ID = "x".repeat(64);

    private final List<TokenProfile> profiles;

    TokenSizes(List<TokenProfile> profiles) {
        this.profiles = List.copyOf(profiles);
    }

    /** Whether every token of a user would be short enough for {@link TokenCodec#MAX_LENGTH}. */
    boolean fit(User user) {
        return profiles.stream().allMatch(profile -> length(profile, user) <= TokenCodec.MAX_LENGTH);
    }

    private static int length(TokenProfile profile, User user) {
        Claims claims = profile.fill(TokenSlots.of(
                profile,
                user,
                LONGEST_ID,
                LONGEST_ID,
                profile.issueTime(user, user.createdAt()),
                Optional.of(LONGEST_ID)));
        int signature = SigningAlgorithm.named(profile.algorithm())
                .map(SigningAlgorithm::signatureBytes)
                .orElse(0);
        return encoded(bytes(claims.header())) + encoded(bytes(claims.body())) + encoded(signature) + 2;
    }

    private static int bytes(Json json) {
        return JsonText.write(json).getBytes(StandardCharsets.UTF_8).length;
    }

    /** The length in base64url without padding. */
    private static int encoded(int bytes) {
        return (bytes * 4 + 2) / 3;
    }
}
