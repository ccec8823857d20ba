package dev.countersign.proof;

import dev.countersign.json.Json;
import dev.countersign.json.JsonPointer;
import dev.countersign.json.text.JsonSyntaxException;
import dev.countersign.json.text.JsonText;
import dev.countersign.template.Template;
import dev.countersign.token.SubjectClaim;
import dev.countersign.token.TokenProfile;
import java.time.Duration;

/** What tells a token of a former password from one of the present password. */
enum StressTokens {
    /** A digest of the credential in the token. */
    CREDENTIAL(SubjectClaim.Names.UUID, "\"sub\":\"${user.uuid}\",\"cred\":\"${token.credential}\","),
    /** The time of issue. */
    TIMES(SubjectClaim.Names.UUID, "\"sub\":\"${user.uuid}\","),
    /** The time of issue, and the user is named by what can become another user's. */
    ADDRESSES(SubjectClaim.Names.EMAIL, "\"sub\":\"${user.email}\",");

    private static final Duration LIFETIME = Duration.ofHours(1);

    private final SubjectClaim.Names names;
    private final String claims;

    StressTokens(SubjectClaim.Names names, String claims) {
        this.names = names;
        this.claims = claims;
    }

    TokenProfile profile() {
        return TokenProfile.builder(
                        Template.of(json("{\"alg\":\"HS256\"}")),
                        Template.of(
                                json(
                                        "{" + claims
                                                + "\"iat\":\"${token.issued_at | epoch-seconds}\",\"exp\":\"${token.expires_at | epoch-seconds}\"}")),
                        LIFETIME)
                .subject(new SubjectClaim(JsonPointer.parse("/sub"), names, true))
                .build();
    }

    private static Json json(String text) {
        try {
            return JsonText.read(text);
        } catch (JsonSyntaxException wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }
}
