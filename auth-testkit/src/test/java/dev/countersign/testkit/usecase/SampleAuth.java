package dev.countersign.testkit.usecase;

import dev.countersign.Auth;
import dev.countersign.AuthBuilder;
import dev.countersign.crypto.jjwt.JjwtTokenCodec;
import dev.countersign.crypto.jjwt.KeyMaterial;
import dev.countersign.crypto.jjwt.KeyRing;
import dev.countersign.crypto.jjwt.SigningAlgorithm;
import dev.countersign.json.Json;
import dev.countersign.json.JsonPointer;
import dev.countersign.json.text.JsonSyntaxException;
import dev.countersign.json.text.JsonText;
import dev.countersign.password.PasswordPolicy;
import dev.countersign.password.RawPassword;
import dev.countersign.port.PasswordHasher;
import dev.countersign.template.Template;
import dev.countersign.testkit.fake.CountingUserStore;
import dev.countersign.testkit.fake.InMemoryUserStore;
import dev.countersign.testkit.fake.PlainPasswordHasher;
import dev.countersign.testkit.fixture.MutableClock;
import dev.countersign.testkit.fixture.SeededRandom;
import dev.countersign.token.SubjectClaim;
import dev.countersign.token.TokenProfile;
import dev.countersign.usecase.LogIn;
import dev.countersign.usecase.RegisterUser;
import dev.countersign.usecase.Registration;
import dev.countersign.user.IdentifierKind;
import dev.countersign.user.StoreResult;
import dev.countersign.user.StoredUser;
import dev.countersign.user.User;
import dev.countersign.user.UserKey;
import java.time.Duration;
import java.util.Set;

/** Everything an {@link Auth} needs, in memory, with Han in it. */
final class SampleAuth {

    static final Duration LIFETIME = Duration.ofHours(1);
    static final Duration SKEW = Duration.ofSeconds(10);

    final InMemoryUserStore memory = new InMemoryUserStore();
    final CountingUserStore users = new CountingUserStore(memory);
    final PlainPasswordHasher hasher = PlainPasswordHasher.keepingPasswordsInTheClear();
    final MutableClock clock = new MutableClock();
    final SeededRandom random = new SeededRandom(99);
    final KeyMaterial key = KeyMaterial.generate(SigningAlgorithm.HS256, MutableClock.START, random);
    final JjwtTokenCodec codec = new JjwtTokenCodec(KeyRing.signingWith(key), random);
    final Auth auth = with(hasher);
    final User han = stored(memory.insert(SampleUsers.han(
            PlainPasswordHasher.keepingPasswordsInTheClear().hash(RawPassword.of(SampleUsers.PASSWORD)))));

    Auth with(PasswordHasher other) {
        return builder().hasher(other).build();
    }

    AuthBuilder builder() {
        return Auth.builder()
                .users(users)
                .hasher(hasher)
                .tokens(profile("user"), codec, policy())
                .clock(clock)
                .random(random);
    }

    static PasswordPolicy policy() {
        return new PasswordPolicy(8, 64, "password1"::equals);
    }

    static TokenProfile profile(String scope) {
        return TokenProfile.builder(
                        Template.of(json("{\"typ\":\"at+jwt\",\"alg\":\"HS256\",\"kid\":\"${key.id}\"}")),
                        Template.of(json("{\"sub\":\"${user.id | string}\",\"scp\":\"" + scope
                                + "\",\"aud\":null,\"name\":\"${user.attributes.first-name}\",\"iat\":\"${token.issued_at | epoch-seconds}\","
                                + "\"exp\":\"${token.expires_at | epoch-seconds}\",\"jti\":\"${token.id}\"}")),
                        LIFETIME)
                .subject(new SubjectClaim(JsonPointer.parse("/sub"), SubjectClaim.Names.ID, true))
                .matchingHeader(Set.of(JsonPointer.parse("/typ")))
                .matchingClaims(Set.of(JsonPointer.parse("/scp")))
                .skew(SKEW)
                .build();
    }

    LogIn.Outcome logIn(String email, String password) {
        return auth.logIn(new LogIn.Attempt(IdentifierKind.EMAIL, email, RawPassword.of(password)));
    }

    RegisterUser.Outcome register(String email, String password) {
        return auth.register(Registration.ofEmail(email, RawPassword.of(password)));
    }

    StoredUser find(User user) {
        return memory.find(new UserKey.ById(user.id())).orElseThrow();
    }

    static User stored(StoreResult result) {
        return ((StoreResult.Stored) result).user();
    }

    static Json json(String text) {
        try {
            return JsonText.read(text);
        } catch (JsonSyntaxException wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }
}
