package dev.countersign.bench;

import dev.countersign.Auth;
import dev.countersign.api.Answer;
import dev.countersign.api.LoginApi;
import dev.countersign.api.Request;
import dev.countersign.crypto.bcrypt.BcryptPasswordHasher;
import dev.countersign.crypto.jjwt.JjwtTokenCodec;
import dev.countersign.crypto.jjwt.KeyMaterial;
import dev.countersign.crypto.jjwt.KeyRing;
import dev.countersign.crypto.jjwt.SigningAlgorithm;
import dev.countersign.crypto.zxcvbn.CommonPasswords;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.testkit.fake.InMemoryUserStore;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Microseconds of the engine for one request for the current user, with users in memory: find the token, verify it, and render the answer. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RequestBench {

    private LoginApi api;
    private Request me;
    private Request nobody;

    /** Registers a user. */
    @Setup
    public void prepare() {
        SecureRandom random = new SecureRandom();
        KeyMaterial key = KeyMaterial.generate(SigningAlgorithm.ES256, Instant.now(), random);
        api = LoginApi.of(Auth.builder()
                .users(new InMemoryUserStore())
                .hasher(new BcryptPasswordHasher(BcryptPasswordHasher.LOWEST_COST, random))
                .dialect(
                        ShippedDialects.dialect("standard").withoutSessions(),
                        new JjwtTokenCodec(KeyRing.signingWith(key), random),
                        new CommonPasswords())
                .clock(InstantSource.system())
                .random(random)
                .build());
        String answer = api.handle(Request.of("POST", "/auth/register")
                        .json("{\"email\":\"ada@example.com\",\"username\":\"ada\",\"password\":\"seven blue lanterns\"}"))
                .text();
        String token = answer.replaceAll("(?s).*\"access_token\":\"([^\"]+)\".*", "$1");
        nobody = Request.of("GET", "/auth/me");
        me = nobody.header("Authorization", "Bearer " + token);
        if (api.handle(me).status() != 200) {
            throw new IllegalStateException(answer);
        }
    }

    /** The current user. */
    @Benchmark
    public Answer me() {
        return api.handle(me);
    }

    /** A request without a token. */
    @Benchmark
    public Answer refused() {
        return api.handle(nobody);
    }
}
