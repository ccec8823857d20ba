package dev.countersign.testkit.hashing;

import dev.countersign.hashing.HashBudget;
import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.port.PasswordHasher;
import dev.countersign.testkit.contract.PasswordHasherContract;
import dev.countersign.testkit.fake.PlainPasswordHasher;
import java.util.List;

/** A hasher with a budget is a hasher like any other. */
class BudgetedHasherTest extends PasswordHasherContract {

    private final PasswordHasher hasher =
            HashBudget.ofThisMachine().over(PlainPasswordHasher.keepingPasswordsInTheClear());

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
}
