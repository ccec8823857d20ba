package dev.countersign.token;

import com.google.common.collect.ImmutableSet;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonPointer;
import dev.countersign.json.text.JsonSyntaxException;
import dev.countersign.json.text.JsonText;
import dev.countersign.template.Template;
import java.time.Duration;

/** Profiles and claims for the tests of this package. */
final class SampleProfiles {

    static final Duration LIFETIME = Duration.ofHours(1);
    static final String HEADER = "{\"typ\":\"at+jwt\",\"alg\":\"HS256\"}";

    private SampleProfiles() {}

    static TokenProfile profile(Duration skew, ExpiryRule expiry) {
        return profile(HEADER, skew, LIFETIME, expiry, Revocation.BY_PASSWORD_CHANGE);
    }

    static TokenProfile profile(
            String header, Duration skew, Duration lifetime, ExpiryRule expiry, Revocation revocation) {
        return new TokenProfile(
                Template.of(object(header)),
                Template.of(
                        object(
                                "{\"sub\":\"${user.id | string}\",\"scp\":\"user\",\"exp\":\"${token.expires_at | epoch-seconds}\"}")),
                lifetime,
                new SubjectClaim(JsonPointer.parse("/sub"), SubjectClaim.Names.ID, true),
                expiry,
                ImmutableSet.of(JsonPointer.parse("/typ")),
                ImmutableSet.of(JsonPointer.parse("/scp")),
                skew,
                revocation);
    }

    static Claims claims(String body) {
        return new Claims(object(HEADER), object(body));
    }

    static JsonObject object(String text) {
        try {
            return (JsonObject) JsonText.read(text);
        } catch (JsonSyntaxException wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }
}
