package dev.countersign.javalin;

import dev.countersign.Auth;
import dev.countersign.AuthBuilder;
import dev.countersign.api.LoginApi;
import dev.countersign.crypto.jjwt.JjwtTokenCodec;
import dev.countersign.crypto.jjwt.KeyMaterial;
import dev.countersign.crypto.jjwt.KeyRing;
import dev.countersign.crypto.jjwt.SigningAlgorithm;
import dev.countersign.dialect.Dialect;
import dev.countersign.javalin.http.TestSessions;
import dev.countersign.port.PasswordHasher;
import dev.countersign.port.UserStore;
import dev.countersign.testkit.fixture.SeededRandom;
import dev.countersign.usecase.Throttle;
import io.javalin.Javalin;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/** Javalin on a free port of the loopback interface, with dialects mounted at their documented paths. */
final class DialectServer {

    private static final SecureRandom RANDOM = new SeededRandom(20260301);

    private DialectServer() {}

    /** Starts an application of these mounts. */
    static Javalin start(List<LoginApi> mounts) {
        return Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.registerPlugin(AuthPlugin.mounting(mounts));
                })
                .start("127.0.0.1", 0);
    }

    static URI address(Javalin application) {
        return URI.create("http://127.0.0.1:" + application.port());
    }

    /** A server that runs, and its address. */
    record Served(URI address, Runnable stop) implements AutoCloseable {
        @Override
        public void close() {
            stop.run();
        }
    }

    static Served serve(LoginApi api) {
        Javalin application = start(List.of(api));
        return new Served(address(application), application::stop);
    }

    static LoginApi mount(
            Dialect dialect, UserStore users, PasswordHasher hasher, KeyMaterial key, InstantSource clock) {
        AuthBuilder auth = builder(dialect, users, hasher, key, clock);
        return LoginApi.of(TestSessions.add(auth, dialect, users, clock).build());
    }

    static AuthBuilder builder(
            Dialect dialect, UserStore users, PasswordHasher hasher, KeyMaterial key, InstantSource clock) {
        return Auth.builder()
                .users(users)
                .hasher(hasher)
                .dialect(dialect, new JjwtTokenCodec(KeyRing.signingWith(key), RANDOM), "123456789012345"::equals)
                .clock(clock)
                .throttle(Throttle.unlimitedGuesses())
                .random(RANDOM);
    }

    /** A key that suits a dialect. */
    static KeyMaterial newKey(Dialect dialect, InstantSource clock) {
        SigningAlgorithm algorithm =
                SigningAlgorithm.named(dialect.token().algorithm()).orElseThrow();
        return KeyMaterial.generate(algorithm, clock.instant(), RANDOM);
    }
}
