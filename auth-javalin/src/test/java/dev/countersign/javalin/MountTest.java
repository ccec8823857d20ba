package dev.countersign.javalin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.countersign.Auth;
import dev.countersign.AuthBuilder;
import dev.countersign.api.LoginApi;
import dev.countersign.crypto.jjwt.JjwtTokenCodec;
import dev.countersign.crypto.jjwt.KeyRing;
import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.password.PasswordPolicy;
import dev.countersign.testkit.fake.InMemoryUserStore;
import dev.countersign.testkit.fake.PlainPasswordHasher;
import dev.countersign.testkit.fixture.MutableClock;
import dev.countersign.testkit.fixture.SeededRandom;
import org.junit.jupiter.api.Test;

/** What is mounted speaks the dialect that its core was built for. */
class MountTest {

    private final MutableClock clock = new MutableClock();
    private final SeededRandom random = new SeededRandom(7);
    private final Dialect payop = ShippedDialects.dialect("payop");
    private final Dialect standard = ShippedDialects.dialect("standard");

    @Test
    void a_core_without_a_dialect_is_not_mounted() {
        Auth auth = builder()
                .tokens(standard.token(), codec(standard), new PasswordPolicy(8, 64, password -> false))
                .build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LoginApi.of(auth))
                .withMessageContaining("without a dialect: give it one with Auth.builder().dialect(");
    }

    @Test
    void a_core_of_one_dialect_cannot_be_given_the_tokens_or_the_keys_of_another() {
        PasswordPolicy policy = new PasswordPolicy(8, 64, password -> false);
        assertThatIllegalStateException()
                .isThrownBy(() -> builder()
                        .dialect(payop, codec(payop), password -> false)
                        .dialect(standard, codec(standard), password -> false))
                .withMessage("the dialect is given once; it is payop already");
        assertThatIllegalStateException()
                .isThrownBy(() -> builder()
                        .dialect(payop, codec(payop), password -> false)
                        .tokens(standard.token(), codec(standard), policy)
                        .build())
                .withMessageContaining("its own kind of token");
        assertThatIllegalStateException()
                .isThrownBy(() -> builder()
                        .dialect(payop, codec(standard), password -> false)
                        .build())
                .withMessageContainingAll("HS256", "ES256");
    }

    @Test
    void a_mount_speaks_the_dialect_of_its_core() {
        Auth auth = builder().dialect(payop, codec(payop), password -> false).build();
        assertThat(LoginApi.of(auth).under("/pay").dialect()).isSameAs(payop);
    }

    private AuthBuilder builder() {
        return Auth.builder()
                .users(new InMemoryUserStore())
                .hasher(PlainPasswordHasher.keepingPasswordsInTheClear())
                .clock(clock)
                .random(random);
    }

    private JjwtTokenCodec codec(Dialect dialect) {
        return new JjwtTokenCodec(KeyRing.signingWith(DialectServer.newKey(dialect, clock)), random);
    }
}
