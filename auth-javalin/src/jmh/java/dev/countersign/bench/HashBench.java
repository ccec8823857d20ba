package dev.countersign.bench;

import at.favre.lib.crypto.bcrypt.BCrypt;
import dev.countersign.crypto.bcrypt.BcryptPasswordHasher;
import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.port.PasswordHasher;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Milliseconds for one verification with bcrypt at cost 10, on one core. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class HashBench {

    private static final String PASSWORD = "seven blue lanterns";

    private final BcryptPasswordHasher hasher = new BcryptPasswordHasher(10, new SecureRandom());
    private final RawPassword password = RawPassword.of(PASSWORD);
    private final PasswordHash hash = hasher.hash(password);
    private final byte[] text = hash.revealForStorage().getBytes(StandardCharsets.US_ASCII);

    /** The library. */
    @Benchmark
    public boolean library() {
        return BCrypt.verifyer().verify(PASSWORD.getBytes(StandardCharsets.UTF_8), text).verified;
    }

    /** Ours, alone. */
    @Benchmark
    public boolean one() {
        return hasher.verify(password, hash);
    }

    /** Ours, two together: the time of one of them. */
    @Benchmark
    @OperationsPerInvocation(2)
    public List<Boolean> two() {
        PasswordHasher.Check check = new PasswordHasher.Check(password, hash);
        return hasher.verifyAll(List.of(check, check));
    }
}
