package dev.countersign.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.Auth;
import dev.countersign.AuthBuilder;
import dev.countersign.crypto.jjwt.JjwtTokenCodec;
import dev.countersign.crypto.jjwt.KeyMaterial;
import dev.countersign.crypto.jjwt.KeyRing;
import dev.countersign.crypto.jjwt.SigningAlgorithm;
import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.hashing.HashBudget;
import dev.countersign.hashing.HashLimits;
import dev.countersign.testkit.fake.InMemoryUserStore;
import dev.countersign.testkit.fake.PlainPasswordHasher;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** The Java about the budget of docs/embedding.md. */
class HashBudgetPageTest {

    @Test
    void a_budget_is_given_to_the_builder() {
        Dialect dialect = ShippedDialects.dialect("payop");
        SecureRandom random = new SecureRandom();
        InstantSource clock = InstantSource.system();
        SigningAlgorithm algorithm =
                SigningAlgorithm.named(dialect.token().algorithm()).orElseThrow();
        KeyRing keys = KeyRing.signingWith(KeyMaterial.generate(algorithm, clock.instant(), random));
        AuthBuilder builder = Auth.builder()
                .users(new InMemoryUserStore())
                .hasher(PlainPasswordHasher.keepingPasswordsInTheClear())
                .dialect(dialect, new JjwtTokenCodec(keys, random), text -> false)
                .clock(clock)
                .random(random);
        // snippet: budget
        HashBudget budget =
                HashBudget.of(HashLimits.ofThisMachine().withPermits(2).withDeadline(Duration.ofSeconds(3)));
        Auth auth = builder.hashBudget(budget).build();
        // end
        assertThat(auth.hashBudget()).isSameAs(budget);
        assertThat(auth.hashBudget().limits().permits()).isEqualTo(2);
    }
}
