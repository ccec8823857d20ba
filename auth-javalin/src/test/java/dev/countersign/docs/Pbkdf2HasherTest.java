package dev.countersign.docs;

import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.port.PasswordHasher;
import dev.countersign.testkit.contract.PasswordHasherContract;
import java.security.SecureRandom;
import java.util.List;

/** The proof of docs/adapters.md. */
// snippet: proof
class Pbkdf2HasherTest extends PasswordHasherContract {

    private final SecureRandom random = new SecureRandom();

    @Override
    protected PasswordHasher hasher() {
        return new Pbkdf2Hasher(20_000, random);
    }

    @Override
    protected Sample weaker() {
        return new Sample("old", new Pbkdf2Hasher(10_000, random).hash(RawPassword.of("old")));
    }

    @Override
    protected Sample stronger() {
        return new Sample("old", new Pbkdf2Hasher(40_000, random).hash(RawPassword.of("old")));
    }

    @Override
    protected List<PasswordHash> tooCostly() {
        return List.of(PasswordHash.of("pbkdf2$9999999$" + "00".repeat(16) + "$" + "00".repeat(32)));
    }

    /** Made by Python: hashlib.pbkdf2_hmac('sha256', b'password', bytes(16), 4096).hex() */
    @Override
    protected List<Sample> foreign() {
        return List.of(new Sample(
                "password",
                PasswordHash.of("pbkdf2$4096$" + "00".repeat(16)
                        + "$1ca7c6f38c097488abe116ddd7d23ab22a2fba513eb79e5b864e9b13861508b7")));
    }
}
// end
