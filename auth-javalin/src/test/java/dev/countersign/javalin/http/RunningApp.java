package dev.countersign.javalin.http;

import com.google.common.collect.ImmutableList;
import dev.countersign.Auth;
import dev.countersign.AuthBuilder;
import dev.countersign.api.LoginApi;
import dev.countersign.crypto.jjwt.JjwtTokenCodec;
import dev.countersign.crypto.jjwt.KeyMaterial;
import dev.countersign.crypto.jjwt.KeyRing;
import dev.countersign.crypto.jjwt.SigningAlgorithm;
import dev.countersign.dialect.Dialect;
import dev.countersign.hashing.HashBudget;
import dev.countersign.javalin.AuthPlugin;
import dev.countersign.port.PasswordHasher;
import dev.countersign.port.UserStore;
import dev.countersign.testkit.fake.InMemoryUserStore;
import dev.countersign.testkit.fake.PlainPasswordHasher;
import dev.countersign.testkit.fixture.MutableClock;
import dev.countersign.testkit.fixture.NamedUsers;
import dev.countersign.testkit.fixture.SeededRandom;
import dev.countersign.usecase.Sessions;
import dev.countersign.usecase.Throttle;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An embedder's application with dialects on it, on a free port of the loopback interface; the named users are in its store. */
public final class RunningApp implements AutoCloseable {

    /** What dialects are mounted over. */
    public static final class Parts {
        public final UserStore users;
        public final PasswordHasher hasher;
        public final MutableClock clock = new MutableClock();
        public HashBudget budget = HashBudget.ofThisMachine();
        private final InstantSource now;
        private final SecureRandom random = new SeededRandom(7);
        private @Nullable Sessions sessions;
        private Throttle throttle = Throttle.unlimitedGuesses();

        public Parts() {
            this(new InMemoryUserStore(), PlainPasswordHasher.keepingPasswordsInTheClear());
            NamedUsers.storeIn(users, hasher);
        }

        public Parts(UserStore users, PasswordHasher hasher) {
            this.users = users;
            this.hasher = hasher;
            this.now = clock;
        }

        /** Parts with a clock that somebody else moves. */
        public Parts(UserStore users, PasswordHasher hasher, InstantSource clock) {
            this.users = users;
            this.hasher = hasher;
            this.now = clock;
        }

        /** The same parts, whose logins wait after failures. */
        public Parts waiting() {
            throttle = Throttle.inProcess(now, random);
            return this;
        }

        /** A mount with a new key of its own. */
        public LoginApi mount(Dialect dialect) {
            SigningAlgorithm algorithm =
                    SigningAlgorithm.named(dialect.token().algorithm()).orElseThrow();
            KeyRing keys = KeyRing.signingWith(KeyMaterial.generate(algorithm, now.instant(), random));
            AuthBuilder auth = Auth.builder()
                    .users(users)
                    .hasher(hasher)
                    .hashBudget(budget)
                    .dialect(dialect, new JjwtTokenCodec(keys, random), "123456789012345"::equals)
                    .throttle(throttle)
                    .clock(now)
                    .random(random);
            if (dialect.needsSessions()) {
                auth.sessions(sessions(), dialect.name());
            }
            return LoginApi.of(auth.build());
        }

        private synchronized Sessions sessions() {
            if (sessions == null) {
                sessions = TestSessions.over(users, now);
            }
            return sessions;
        }
    }

    private final Javalin javalin;

    private RunningApp(Javalin javalin) {
        this.javalin = javalin;
    }

    public static RunningApp start(LoginApi... mounts) {
        return start(List.of(mounts), config -> {});
    }

    public static RunningApp start(List<LoginApi> mounts, Consumer<JavalinConfig> own) {
        return start(AuthPlugin.mounting(ImmutableList.copyOf(mounts)), own);
    }

    public static RunningApp start(AuthPlugin plugin, Consumer<JavalinConfig> own) {
        return new RunningApp(Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.startup.showOldJavalinVersionWarning = false;
                    config.registerPlugin(plugin);
                    own.accept(config);
                })
                .start("127.0.0.1", 0));
    }

    public int port() {
        return javalin.port();
    }

    public RawAnswer send(RawRequest request) {
        return request.sendTo(port());
    }

    public Javalin javalin() {
        return javalin;
    }

    @Override
    public void close() {
        javalin.stop();
    }
}
