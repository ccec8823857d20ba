package dev.countersign.token;

import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonPointer;
import dev.countersign.json.text.JsonSyntaxException;
import dev.countersign.json.text.JsonText;
import dev.countersign.template.Template;
import java.time.Duration;
import java.util.Set;

/** Profiles and claims for the tests of this package. */
final class SampleProfiles {

    static final Duration LIFETIME = Duration.ofHours(1);
    static final String HEADER = "{\"typ\":\"at+jwt\",\"alg\":\"HS256\"}";

    private SampleProfiles() {}

    /** Tokens that end with {@code exp}. */
    static TokenProfile profile(Duration skew) {
        return builder(HEADER, LIFETIME).skew(skew).build();
    }

    static TokenProfileBuilder builder(String header, Duration lifetime) {
        return builder(
                header,
                "{\"sub\":\"${user.id | string}\",\"scp\":\"user\",\"exp\":\"${token.expires_at | epoch-seconds}\"}",
                lifetime);
    }

    static TokenProfileBuilder builder(String header, String claims, Duration lifetime) {
        return TokenProfile.builder(Template.of(object(header)), Template.of(object(claims)), lifetime)
                .subject(new SubjectClaim(JsonPointer.parse("/sub"), SubjectClaim.Names.ID, true))
                .matchingHeader(Set.of(JsonPointer.parse("/typ")))
                .matchingClaims(Set.of(JsonPointer.parse("/scp")));
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
