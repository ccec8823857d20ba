package dev.countersign.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.port.PasswordHasher;
import dev.countersign.testkit.contract.PasswordHasherContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlainPasswordHasherTest extends PasswordHasherContract {

    private final PlainPasswordHasher hasher = PlainPasswordHasher.keepingPasswordsInTheClear();

    @Override
    protected PasswordHasher hasher() {
        return hasher;
    }

    @Override
    protected Sample weaker() {
        return new Sample(
                "old", PlainPasswordHasher.keepingOutdatedPasswordsInTheClear().hash(RawPassword.of("old")));
    }

    @Override
    protected Sample stronger() {
        return weaker();
    }

    @Override
    protected List<PasswordHash> tooCostly() {
        return List.of();
    }

    @Override
    protected List<Sample> foreign() {
        return List.of();
    }

    @Override
    protected boolean isFake() {
        return true;
    }

    @Test
    void hashes_and_verifications_are_counted() {
        RawPassword password = RawPassword.of("count me");
        hasher.verify(password, hasher.hash(password));
        hasher.verify(RawPassword.of("\0"), hasher.decoy());
        assertThat(hasher.hashes()).isEqualTo(1);
        assertThat(hasher.verifications()).isEqualTo(2);
    }
}
