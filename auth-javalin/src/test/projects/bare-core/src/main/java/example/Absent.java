package example;

import dev.countersign.crypto.bcrypt.BcryptPasswordHasher;
import dev.countersign.crypto.jjwt.KeyMaterial;
import dev.countersign.crypto.jjwt.KeyRing;
import dev.countersign.crypto.jjwt.SigningAlgorithm;
import dev.countersign.crypto.migration.ForeignHashes;
import dev.countersign.crypto.zxcvbn.CommonPasswords;
import java.security.SecureRandom;
import java.time.Instant;

/** Prints what the adapters say whose libraries are left out. */
public final class Absent {

    private Absent() {}

    public static void main(String[] arguments) {
        SecureRandom random = new SecureRandom();
        // Twice, because a class that fails to load says less the second time.
        for (int time = 0; time < 2; time++) {
            print(() -> new BcryptPasswordHasher(BcryptPasswordHasher.DEFAULT_COST, random));
            print(() -> KeyMaterial.generate(SigningAlgorithm.ES256, Instant.EPOCH, random));
            print(() -> KeyRing.signingWith(KeyMaterial.generate(SigningAlgorithm.HS256, Instant.EPOCH, random)));
            print(CommonPasswords::new);
            print(ForeignHashes::all);
        }
    }

    private static void print(Runnable use) {
        try {
            use.run();
            System.out.println("nothing is missed");
        } catch (IllegalStateException explained) {
            System.out.println(explained.getMessage());
        }
    }
}
