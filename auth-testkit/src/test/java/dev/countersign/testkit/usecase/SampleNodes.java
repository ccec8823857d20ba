package dev.countersign.testkit.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.Auth;
import dev.countersign.AuthBuilder;
import dev.countersign.crypto.jjwt.JjwtTokenCodec;
import dev.countersign.crypto.jjwt.KeyMaterial;
import dev.countersign.crypto.jjwt.KeyRing;
import dev.countersign.crypto.jjwt.SigningAlgorithm;
import dev.countersign.event.SecurityEvent;
import dev.countersign.json.JsonPointer;
import dev.countersign.password.RawPassword;
import dev.countersign.session.Client;
import dev.countersign.session.IssuedTokens;
import dev.countersign.session.RefreshRules;
import dev.countersign.template.Template;
import dev.countersign.testkit.fake.CountingUserStore;
import dev.countersign.testkit.fake.InMemorySessionStore;
import dev.countersign.testkit.fake.InMemoryUnitOfWork;
import dev.countersign.testkit.fake.InMemoryUserStore;
import dev.countersign.testkit.fake.PlainPasswordHasher;
import dev.countersign.testkit.fixture.MutableClock;
import dev.countersign.testkit.fixture.SeededRandom;
import dev.countersign.throttle.ClientAddress;
import dev.countersign.token.AccessToken;
import dev.countersign.token.Revocation;
import dev.countersign.token.SubjectClaim;
import dev.countersign.token.TokenFlaw;
import dev.countersign.token.TokenProfile;
import dev.countersign.token.TokenProfileBuilder;
import dev.countersign.usecase.AuthenticateRequest.Outcome;
import dev.countersign.usecase.AuthenticateRequest.Outcome.Authenticated;
import dev.countersign.usecase.LogIn;
import dev.countersign.usecase.Sessions;
import dev.countersign.user.IdentifierKind;
import dev.countersign.user.User;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Nodes over one store in memory, with Han in it. Each node has an {@link Auth} and sessions of its own. */
final class SampleNodes implements AutoCloseable {

    static final Duration DELAY = Duration.ofMillis(200);
    static final Duration LIFETIME = Duration.ofHours(1);
    static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    final InMemoryUserStore memory = new InMemoryUserStore();
    final CountingUserStore users = new CountingUserStore(memory);
    final InMemorySessionStore store = new InMemorySessionStore(memory.changes());
    final InMemoryUnitOfWork unit = new InMemoryUnitOfWork(memory, store);
    final PlainPasswordHasher hasher = PlainPasswordHasher.keepingPasswordsInTheClear();
    final MutableClock clock = new MutableClock();
    final SeededRandom random = new SeededRandom(7);
    final JjwtTokenCodec codec = new JjwtTokenCodec(
            KeyRing.signingWith(KeyMaterial.generate(SigningAlgorithm.HS256, MutableClock.START, random)), random);
    final List<SecurityEvent> events = new CopyOnWriteArrayList<>();
    final User han =
            SampleAuth.stored(memory.insert(SampleUsers.han(hasher.hash(RawPassword.of(SampleUsers.PASSWORD)))));
    private final List<Sessions> started = new ArrayList<>();

    /** The claims of an old API: neither an id nor a time of issue. */
    static TokenProfileBuilder bare(Duration lifetime) {
        return TokenProfile.builder(
                        Template.of(SampleAuth.json("{\"alg\":\"HS256\"}")),
                        Template.of(SampleAuth.json(
                                "{\"id\":\"${user.id}\",\"exp\":\"${token.expires_at | epoch-seconds}\"}")),
                        lifetime)
                .subject(new SubjectClaim(JsonPointer.parse("/id"), SubjectClaim.Names.ID, false));
    }

    static TokenProfileBuilder full() {
        return TokenProfile.builder(
                        Template.of(SampleAuth.json("{\"alg\":\"HS256\"}")),
                        Template.of(SampleAuth.json(
                                "{\"sub\":\"${user.uuid}\",\"iat\":\"${token.issued_at | epoch-seconds}\",\"jti\":\"${token.id}\","
                                        + "\"exp\":\"${token.expires_at | epoch-seconds}\"}")),
                        LIFETIME)
                .subject(new SubjectClaim(JsonPointer.parse("/sub"), SubjectClaim.Names.UUID, true));
    }

    Sessions.Builder sessions() {
        return Sessions.over(store, memory.changes(), unit, clock).delay(DELAY).events(events::add);
    }

    Sessions start(Sessions.Builder builder) {
        Sessions sessions = builder.start();
        started.add(sessions);
        return sessions;
    }

    Auth node(TokenProfile profile) {
        return node(profile, null, "shop");
    }

    Auth node(TokenProfile profile, @Nullable RefreshRules rules, String mount) {
        return node(profile, rules, mount, start(sessions()));
    }

    Auth node(TokenProfile profile, @Nullable RefreshRules rules, String mount, Sessions sessions) {
        AuthBuilder builder = unstored(profile).sessions(sessions, mount);
        return rules == null ? builder.build() : builder.refresh(rules).build();
    }

    /** An Auth that stores no sessions, as before they were stored. */
    AuthBuilder unstored(TokenProfile profile) {
        return Auth.builder()
                .users(users)
                .hasher(hasher)
                .tokens(profile, codec, SampleAuth.policy())
                .clock(clock)
                .random(random);
    }

    static IssuedTokens logIn(Auth auth) {
        return logIn(auth, SampleUsers.PASSWORD);
    }

    static IssuedTokens logIn(Auth auth, String password) {
        LogIn.Outcome outcome = auth.logIn(new LogIn.Attempt(
                IdentifierKind.EMAIL,
                "han@example.com",
                RawPassword.of(password),
                new Client("a browser", ClientAddress.unknown())));
        assertThat(outcome).isInstanceOf(LogIn.Outcome.LoggedIn.class);
        return ((LogIn.Outcome.LoggedIn) outcome).tokens();
    }

    static Authenticated use(Auth auth, IssuedTokens tokens) {
        return use(auth, tokens.access().token());
    }

    static Authenticated use(Auth auth, AccessToken token) {
        Outcome outcome = auth.authenticate(token);
        assertThat(outcome).isInstanceOf(Authenticated.class);
        return (Authenticated) outcome;
    }

    static void assertRefused(Auth auth, IssuedTokens tokens) {
        assertThat(auth.authenticate(tokens.access().token())).isEqualTo(new Outcome.Refused(TokenFlaw.REVOKED));
    }

    /** Waits until another node refuses a token. */
    static void awaitRefused(Auth auth, IssuedTokens tokens) throws InterruptedException {
        long end = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (auth.authenticate(tokens.access().token()) instanceof Authenticated) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.sleep(5);
        }
        assertRefused(auth, tokens);
    }

    static TokenProfile by(TokenProfileBuilder builder, Revocation revocation) {
        return builder.revocation(revocation).build();
    }

    @Override
    public void close() {
        started.forEach(Sessions::close);
    }
}
