package dev.countersign.proof;

import com.google.common.collect.ImmutableMap;
import dev.countersign.Auth;
import dev.countersign.crypto.jjwt.JjwtTokenCodec;
import dev.countersign.crypto.jjwt.KeyMaterial;
import dev.countersign.crypto.jjwt.KeyRing;
import dev.countersign.crypto.jjwt.SigningAlgorithm;
import dev.countersign.event.LoginDetail.SessionsEnded.Cause;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonPointer;
import dev.countersign.json.JsonString;
import dev.countersign.password.PasswordPolicy;
import dev.countersign.template.Template;
import dev.countersign.testkit.fake.InMemorySessionStore;
import dev.countersign.testkit.fake.InMemoryUnitOfWork;
import dev.countersign.testkit.fake.InMemoryUserStore;
import dev.countersign.testkit.fake.PlainPasswordHasher;
import dev.countersign.testkit.fixture.SeededRandom;
import dev.countersign.token.AccessToken;
import dev.countersign.token.SubjectClaim;
import dev.countersign.token.TokenProfile;
import dev.countersign.usecase.AuthenticateRequest;
import dev.countersign.usecase.Sessions;
import dev.countersign.user.Identifier;
import dev.countersign.user.NewUser;
import dev.countersign.user.StoreResult;
import dev.countersign.user.User;
import dev.countersign.user.UserStatus;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * How much memory a process needs for tokens that were ended and are presented, each by a user of its own, and for tokens that work: SessionMemoryProof
 * [TOKENS]. What the stores and the tokens themselves need is not counted.
 */
final class SessionMemoryProof {

    private static final int TOKENS = 10_000;

    private SessionMemoryProof() {}

    /** Prints bytes per token. */
    public static void main(String[] arguments) {
        Report report = Report.start("SessionMemoryProof");
        run(arguments.length == 0 ? TOKENS : Integer.parseInt(arguments[0])).forEach(report::say);
    }

    static List<String> run(int tokens) {
        SeededRandom random = new SeededRandom(1);
        InMemoryUserStore users = new InMemoryUserStore();
        InMemorySessionStore store = new InMemorySessionStore(users.changes());
        InstantSource clock = InstantSource.system();
        try (Sessions sessions = Sessions.over(store, users.changes(), new InMemoryUnitOfWork(users, store), clock)
                .remembering(2 * tokens)
                .delay(Duration.ofMinutes(10))
                .start()) {
            Auth auth = auth(users, sessions, clock, random);
            List<AccessToken> ended = new ArrayList<>();
            List<AccessToken> sound = new ArrayList<>();
            for (int i = 0; i < tokens; i++) {
                User user = user(users, i, clock);
                sound.add(auth.issueFirstTokens(user).access().token());
                ended.add(auth.issueFirstTokens(user).access().token());
                sessions.end(sessions.of(user.id()).get(0), Cause.OPERATOR);
            }
            long before = used();
            long accepted = present(auth, ended);
            long afterEnded = used();
            accepted += present(auth, sound);
            long afterAll = used();
            return List.of(
                    String.format(
                            Locale.ROOT,
                            "%,d ended tokens, presented once: %,d bytes each, %,d MiB per million",
                            tokens,
                            (afterEnded - before) / tokens,
                            ((afterEnded - before) * 1_000_000 / tokens) >> 20),
                    String.format(
                            Locale.ROOT,
                            "%,d more tokens of the same users, accepted %,d: %,d bytes each",
                            tokens,
                            accepted,
                            (afterAll - afterEnded) / tokens));
        }
    }

    private static long present(Auth auth, List<AccessToken> tokens) {
        return tokens.stream()
                .filter(token -> auth.authenticate(token) instanceof AuthenticateRequest.Outcome.Authenticated)
                .count();
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static User user(InMemoryUserStore users, int number, InstantSource clock) {
        NewUser user = new NewUser(
                new UUID(4 << 12, Long.MIN_VALUE | number),
                Identifier.email("user" + number + "@example.com").orElseThrow(),
                null,
                UserStatus.ACTIVE,
                JsonObject.EMPTY,
                null,
                clock.instant());
        return ((StoreResult.Stored) users.insert(user)).user();
    }

    private static Auth auth(InMemoryUserStore users, Sessions sessions, InstantSource clock, SeededRandom random) {
        JsonObject claims = JsonObject.of(ImmutableMap.of(
                "sub", new JsonString("${user.id | string}"),
                "jti", new JsonString("${token.id}"),
                "iat", new JsonString("${token.issued_at | epoch-seconds}"),
                "exp", new JsonString("${token.expires_at | epoch-seconds}")));
        TokenProfile profile = TokenProfile.builder(
                        Template.of(JsonObject.of(ImmutableMap.of("alg", new JsonString("HS256")))),
                        Template.of(claims),
                        Duration.ofDays(1))
                .subject(new SubjectClaim(JsonPointer.parse("/sub"), SubjectClaim.Names.ID, true))
                .build();
        KeyRing keys = KeyRing.signingWith(KeyMaterial.generate(SigningAlgorithm.HS256, clock.instant(), random));
        return Auth.builder()
                .users(users)
                .hasher(PlainPasswordHasher.keepingPasswordsInTheClear())
                .tokens(profile, new JjwtTokenCodec(keys, random), new PasswordPolicy(8, 64, text -> false))
                .sessions(sessions, "memory")
                .clock(clock)
                .random(random)
                .build();
    }
}
