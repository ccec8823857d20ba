package dev.countersign.testkit.crypto;

import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Hashers with one fault each. */
final class BrokenHashers {

    private BrokenHashers() {}

    static final class SharedBuffer extends Argon2Hasher {

        private volatile byte[] buffer = {};

        SharedBuffer() {
            super(4096);
        }

        @Override
        byte[] digest(byte[] utf8, Costs costs, byte[] salt) {
            buffer = utf8;
            byte[] meanwhile = argon2(Argon2Parameters.ARGON2_id, new byte[0], costs, salt);
            return super.digest(meanwhile.length == 0 ? utf8 : buffer.clone(), costs, salt);
        }
    }

    /** Reads the first 72 bytes and the last 128. */
    static final class IgnoredMiddle extends Argon2Hasher {

        IgnoredMiddle() {
            super(4096);
        }

        @Override
        byte[] digest(byte[] utf8, Costs costs, byte[] salt) {
            if (utf8.length <= 200) {
                return super.digest(utf8, costs, salt);
            }
            ByteBuffer read = ByteBuffer.allocate(200).put(utf8, 0, 72).put(utf8, utf8.length - 128, 128);
            return super.digest(read.array(), costs, salt);
        }
    }

    /** Gives the first of two the result of the second. */
    static final class SwappedResults extends Argon2Hasher {

        SwappedResults() {
            super(4096);
        }

        @Override
        public int atOnce() {
            return 2;
        }

        @Override
        public List<Boolean> verifyAll(List<Check> checks) {
            List<Boolean> results = new ArrayList<>(super.verifyAll(checks));
            Collections.reverse(results);
            return results;
        }
    }

    static final class GuessableDecoy extends Argon2Hasher {

        private final PasswordHash decoy = hash(RawPassword.of("letmein"));

        GuessableDecoy() {
            super(4096);
        }

        @Override
        public PasswordHash decoy() {
            return decoy;
        }
    }

    static final class FastDecoy extends Argon2Hasher {

        FastDecoy() {
            super(4096);
        }

        @Override
        public boolean verify(RawPassword password, PasswordHash stored) {
            return !stored.equals(decoy()) && super.verify(password, stored);
        }
    }

    /** Has one cost for all decoys. */
    static final class OneDecoy extends Argon2Hasher {

        OneDecoy() {
            super(4096);
        }

        @Override
        public PasswordHash decoyLike(PasswordHash stored) {
            String text = super.decoyLike(stored).revealForStorage();
            return PasswordHash.of(text.replace("m=16384,", "m=1025,"));
        }
    }

    static final class FastOverlong extends Argon2Hasher {

        FastOverlong() {
            super(4096);
        }

        @Override
        public boolean verify(RawPassword password, PasswordHash stored) {
            return password.bytes() <= LONGEST_BYTES && super.verify(password, stored);
        }
    }

    static final class FastMalformed extends Argon2Hasher {

        FastMalformed() {
            super(4096);
        }

        @Override
        public boolean verify(RawPassword password, PasswordHash stored) {
            return password.isWellFormed() && super.verify(password, stored);
        }
    }

    static final class FastUnreadable extends Argon2Hasher {

        FastUnreadable() {
            super(4096);
        }

        @Override
        public boolean verify(RawPassword password, PasswordHash stored) {
            return stored.revealForStorage().startsWith("$argon2id$") && super.verify(password, stored);
        }
    }

    /** Computes whatever a stored form asks for; it sleeps instead, which spares the machine. */
    static final class NoCap extends Argon2Hasher {

        NoCap() {
            super(4096);
        }

        @Override
        boolean withinCap(Costs costs) {
            return true;
        }

        @Override
        byte[] digest(byte[] utf8, Costs costs, byte[] salt) {
            if (!super.withinCap(costs)) {
                try {
                    Thread.sleep(3_600_000);
                } catch (InterruptedException stopped) {
                    throw new IllegalStateException(stopped);
                }
            }
            return super.digest(utf8, costs, salt);
        }
    }

    static final class FixedSalt extends Argon2Hasher {

        FixedSalt() {
            super(4096);
        }

        @Override
        byte[] salt() {
            return new byte[16];
        }
    }

    static final class CountingSalt extends Argon2Hasher {

        private int count;

        CountingSalt() {
            super(4096);
        }

        @Override
        synchronized byte[] salt() {
            byte[] salt = new byte[16];
            count++;
            Arrays.fill(salt, (byte) count);
            return salt;
        }
    }

    static final class StrongerIsFine extends Argon2Hasher {

        StrongerIsFine() {
            super(4096);
        }

        @Override
        boolean outdated(int before, int now) {
            return before < now;
        }
    }

    /** Writes argon2id and computes argon2i. */
    static final class WrongLabel extends Argon2Hasher {

        WrongLabel() {
            super(4096);
        }

        @Override
        byte[] digest(byte[] utf8, Costs costs, byte[] salt) {
            return argon2(Argon2Parameters.ARGON2_i, utf8, costs, salt);
        }
    }
}
