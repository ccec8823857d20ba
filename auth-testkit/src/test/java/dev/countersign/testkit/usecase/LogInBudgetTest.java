package dev.countersign.testkit.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.Auth;
import dev.countersign.hashing.HashBudget;
import dev.countersign.hashing.HashLimits;
import dev.countersign.hashing.HashState;
import dev.countersign.hashing.Requester;
import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.testkit.fake.PlainPasswordHasher;
import dev.countersign.testkit.hashing.HeldHasher;
import dev.countersign.usecase.FailureReason;
import dev.countersign.usecase.LogIn;
import dev.countersign.user.IdentifierKind;
import dev.countersign.user.UserKey;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Logins while others hash, who end when the test lets them. */
@SuppressWarnings("FutureReturnValueIgnored")
class LogInBudgetTest {

    private static final HashLimits LIMITS = new HashLimits(1, Duration.ofSeconds(60), 2, 1000);

    private final SampleAuth sample = new SampleAuth();
    private final HeldHasher others = new HeldHasher(1);
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private HashBudget budget = HashBudget.of(LIMITS);

    @AfterEach
    void end() {
        others.let(100);
        callers.shutdown();
    }

    private void await(Predicate<HashState> condition) throws InterruptedException {
        for (int i = 0; i < 3000 && !condition.test(budget.state()); i++) {
            Thread.sleep(10);
        }
        assertThat(budget.state()).matches(condition);
    }

    /** Somebody else hashes or waits. */
    private void other(String network) throws InterruptedException {
        int before = budget.state().running() + budget.state().waiting();
        callers.submit(() -> {
            try (RawPassword raw = RawPassword.of("another")) {
                return budget.over(others).verify(raw, others.decoy(), new Requester(network, ""));
            }
        });
        await(state -> state.running() + state.waiting() == before + 1);
    }

    private static LogIn.Outcome logIn(Auth auth) {
        try (RawPassword raw = RawPassword.of(SampleUsers.PASSWORD)) {
            return auth.logIn(new LogIn.Attempt(IdentifierKind.EITHER, "han@example.com", raw));
        }
    }

    private PasswordHash stored() {
        return sample.memory
                .find(new UserKey.ById(sample.han.id()))
                .orElseThrow()
                .hash();
    }

    @Test
    void a_login_for_which_there_is_no_room_is_refused_unverified() throws Exception {
        Auth auth = sample.builder().hashBudget(budget).build();
        other("a");
        other("b");
        other("c");
        assertThat(logIn(auth))
                .isInstanceOfSatisfying(
                        LogIn.Outcome.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(FailureReason.OVERLOADED));
        assertThat(sample.hasher.verifications()).isZero();
    }

    @Test
    void a_client_that_has_its_share_is_told_so() throws Exception {
        Auth auth = sample.builder().hashBudget(budget).build();
        other("a");
        other("");
        assertThat(logIn(auth))
                .isInstanceOfSatisfying(
                        LogIn.Outcome.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(FailureReason.TOO_MANY_AT_ONCE));
    }

    @Test
    void an_outdated_hash_is_replaced_when_nobody_waits() throws Exception {
        budget = HashBudget.of(LIMITS.withQueue(16));
        PasswordHash old = stored();
        Auth auth = sample.builder()
                .hasher(PlainPasswordHasher.keepingOutdatedPasswordsInTheClear())
                .hashBudget(budget)
                .build();
        other("a");
        Future<LogIn.Outcome> login = callers.submit(() -> logIn(auth));
        await(state -> state.waiting() == 1);
        other("b");
        others.let(1);
        assertThat(login.get()).isInstanceOf(LogIn.Outcome.LoggedIn.class);
        assertThat(stored()).isEqualTo(old);

        others.let(1);
        await(state -> state.running() + state.waiting() == 0);
        assertThat(logIn(auth)).isInstanceOf(LogIn.Outcome.LoggedIn.class);
        assertThat(stored()).isNotEqualTo(old);
    }
}
