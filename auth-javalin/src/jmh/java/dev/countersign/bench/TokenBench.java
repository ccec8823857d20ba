package dev.countersign.bench;

import dev.countersign.crypto.jjwt.JjwtTokenCodec;
import dev.countersign.crypto.jjwt.KeyMaterial;
import dev.countersign.crypto.jjwt.KeyRing;
import dev.countersign.crypto.jjwt.SigningAlgorithm;
import dev.countersign.json.JsonObject;
import dev.countersign.json.text.JsonSyntaxException;
import dev.countersign.json.text.JsonText;
import dev.countersign.token.AccessToken;
import dev.countersign.token.Claims;
import dev.countersign.token.Decoding;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Microseconds to sign and to verify the claims of the dialect {@code standard} with each algorithm, without any memory of verified tokens. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TokenBench {

    /** The algorithm. */
    @Param({"HS256", "ES256", "EDDSA", "RS256"})
    public SigningAlgorithm algorithm;

    private JjwtTokenCodec codec;
    private Claims claims;
    private AccessToken token;

    /** Makes a key and a token. */
    @Setup
    public void prepare() throws JsonSyntaxException {
        SecureRandom random = new SecureRandom();
        codec = new JjwtTokenCodec(KeyRing.signingWith(KeyMaterial.generate(algorithm, Instant.now(), random)), random);
        claims = new Claims(
                (JsonObject) JsonText.read("{\"typ\":\"at+jwt\",\"alg\":\"" + codec.algorithm() + "\",\"kid\":\"" + codec.keyId() + "\"}"),
                (JsonObject) JsonText.read("{\"iss\":\"http://127.0.0.1:8080\",\"sub\":\"0c1e6a52-7d0b-4f43-9b0f-6a1f1d3c9e11\",\"aud\":\"http://127.0.0.1:8080\","
                        + "\"iat\":1795806432,\"exp\":1795810032,\"jti\":\"Zx3Vw0Jm1cR2bT4nQ6yP8A\",\"sid\":\"3f0c3a51-50f0-4a53-8a0f-0d3f5f1f8f1e\"}"));
        token = codec.encode(claims);
        System.out.println(algorithm + ": a token of " + token.revealCompact().length() + " characters");
    }

    /** Signs. */
    @Benchmark
    public AccessToken sign() {
        return codec.encode(claims);
    }

    /** Verifies. */
    @Benchmark
    public Decoding verify() {
        return codec.decode(token);
    }
}
