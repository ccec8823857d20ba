package dev.countersign.proof;

import dev.countersign.Auth;
import dev.countersign.api.LoginApi;
import dev.countersign.crypto.bcrypt.BcryptPasswordHasher;
import dev.countersign.crypto.jjwt.JjwtTokenCodec;
import dev.countersign.crypto.jjwt.KeyMaterial;
import dev.countersign.crypto.jjwt.KeyRing;
import dev.countersign.crypto.jjwt.SigningAlgorithm;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.javalin.AuthPlugin;
import dev.countersign.jdbi.JdbiAuthStores;
import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.port.PasswordHasher;
import dev.countersign.usecase.Sessions;
import io.javalin.Javalin;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;

/** An application whose login takes longer for unknown users: what the program must find. SlowerPathServer DATA MICROSECONDS */
final class SlowerPathServer {

    private SlowerPathServer() {}

    /** Runs until it is killed. */
    public static void main(String[] arguments) {
        JdbiAuthStores stores = JdbiAuthStores.over(LoginPathUsers.file(Path.of(arguments[0])));
        SecureRandom random = new SecureRandom();
        InstantSource clock = InstantSource.system();
        KeyRing keys = KeyRing.signingWith(KeyMaterial.generate(SigningAlgorithm.HS256, clock.instant(), random));
        Auth auth = Auth.builder()
                .users(stores.users())
                .hasher(new Slower(
                        new BcryptPasswordHasher(LoginPathUsers.COST, random),
                        Duration.ofNanos(1000L * Integer.parseInt(arguments[1]))))
                .dialect(ShippedDialects.dialect("realworld"), new JjwtTokenCodec(keys, random), common -> false)
                .sessions(
                        Sessions.over(stores.sessions(), stores.changes(), stores.unitOfWork(), clock)
                                .start(),
                        "realworld")
                .clock(clock)
                .random(random)
                .build();
        Javalin javalin = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.registerPlugin(AuthPlugin.mounting(LoginApi.of(auth)));
                })
                .start("127.0.0.1", 0);
        System.out.println("Listening on http://127.0.0.1:" + javalin.port());
    }

    /** Takes longer for the hash of nobody. */
    private record Slower(PasswordHasher hasher, Duration longer) implements PasswordHasher {

        @Override
        public boolean verify(RawPassword password, PasswordHash stored) {
            boolean matches = hasher.verify(password, stored);
            long end = System.nanoTime() + (stored.equals(decoy()) ? longer.toNanos() : 0);
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            return matches;
        }

        @Override
        public PasswordHash hash(RawPassword password) {
            return hasher.hash(password);
        }

        @Override
        public boolean outdated(PasswordHash stored) {
            return hasher.outdated(stored);
        }

        @Override
        public PasswordHash decoy() {
            return hasher.decoy();
        }

        @Override
        public PasswordHash decoyLike(PasswordHash stored) {
            return hasher.decoyLike(stored);
        }

        @Override
        public int longestBytes() {
            return hasher.longestBytes();
        }
    }
}
