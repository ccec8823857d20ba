package dev.countersign.docs;

import dev.countersign.port.PasswordHasher;
import dev.countersign.testkit.contract.PasswordHasherContract;
import java.security.SecureRandom;

/** The proof of docs/adapters.md. */
// snippet: proof
class Pbkdf2HasherTest extends PasswordHasherContract {

    private final SecureRandom random = new SecureRandom();

    @Override
    protected PasswordHasher hasher() {
        return new Pbkdf2Hasher(2000, random);
    }

    @Override
    protected PasswordHasher outdatedHasher() {
        return new Pbkdf2Hasher(1000, random);
    }
}
// end
