package dev.countersign.testkit.usecase;

import static dev.countersign.testkit.usecase.SampleUsers.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.Auth;
import dev.countersign.AuthFault;
import dev.countersign.json.JsonPointer;
import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.port.UserStore;
import dev.countersign.template.Template;
import dev.countersign.testkit.fake.PlainPasswordHasher;
import dev.countersign.token.AccessToken;
import dev.countersign.token.SubjectClaim;
import dev.countersign.token.TokenFlaw;
import dev.countersign.token.TokenProfile;
import dev.countersign.usecase.AuthenticateRequest;
import dev.countersign.usecase.AuthenticateRequest.Outcome.Authenticated;
import dev.countersign.usecase.LogIn;
import dev.countersign.usecase.Registration;
import dev.countersign.usecase.UserChange;
import dev.countersign.user.IdentifierKind;
import dev.countersign.user.Login;
import dev.countersign.user.NewUser;
import dev.countersign.user.StoreResult;
import dev.countersign.user.StoredUser;
import dev.countersign.user.User;
import dev.countersign.user.UserId;
import dev.countersign.user.UserKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bookkeeping does not decide a login: a store that cannot write, or takes its time, keeps nobody out. */
class LoginNotesTest {

    private final SampleAuth sample = new SampleAuth();
    private final SickStore store = new SickStore(sample.memory);
    private final List<RuntimeException> lost = new CopyOnWriteArrayList<>();
    private final Auth auth =
            sample.builder().users(store).onLostLoginNote(lost::add).build();

    @Test
    void a_store_that_cannot_write_lets_people_in() {
        store.writes = Writes.FAIL;
        LogIn.Outcome.LoggedIn in = loggedIn(PASSWORD);
        assertThat(in.user().lastLoginAt()).isEqualTo(sample.clock.instant());
        assertThat(auth.authenticate(in.token().token())).isInstanceOf(Authenticated.class);
        assertThat(auth.lostLoginNotes()).isEqualTo(1);
        assertThat(lost).hasSize(1).allMatch(cause -> "the disk is full".equals(cause.getMessage()));
        store.writes = Writes.WORK;
        assertThat(loggedIn(PASSWORD).user().previousLoginAt()).isNull();
        assertThat(auth.lostLoginNotes()).isEqualTo(1);
    }

    @Test
    void a_token_that_is_dated_ahead_for_a_new_address_is_given_out_only_if_it_is_noted() {
        Auth byAddress = Auth.builder()
                .users(store)
                .hasher(sample.hasher)
                .tokens(addresses(), sample.codec, SampleAuth.policy())
                .clock(sample.clock)
                .random(sample.random)
                .build();
        LogIn.Attempt attempt = new LogIn.Attempt(
                IdentifierKind.EMAIL, "greedo@example.com", RawPassword.of("shoots too late, always"));
        byAddress.register(Registration.ofEmail("greedo@example.com", RawPassword.of("shoots too late, always")));

        store.writes = Writes.FAIL;
        assertThatThrownBy(() -> byAddress.logIn(attempt)).isInstanceOf(AuthFault.class);
        sample.clock.advance(Duration.ofSeconds(30));
        AccessToken unnoted =
                ((LogIn.Outcome.LoggedIn) byAddress.logIn(attempt)).token().token();
        assertThat(byAddress.authenticate(unnoted)).isInstanceOf(Authenticated.class);

        store.writes = Writes.WORK;
        byAddress.update(
                ((Authenticated) byAddress.authenticate(unnoted)).user().id(),
                UserChange.ofPasswordWithoutCurrent(RawPassword.of("a good question for another time")));
        assertThat(byAddress.authenticate(unnoted))
                .isEqualTo(new AuthenticateRequest.Outcome.Refused(TokenFlaw.REVOKED));
    }

    private static TokenProfile addresses() {
        return TokenProfile.builder(
                        Template.of(SampleAuth.json("{\"alg\":\"HS256\"}")),
                        Template.of(
                                SampleAuth.json(
                                        "{\"sub\":\"${user.email}\",\"iat\":\"${token.issued_at | epoch-seconds}\",\"exp\":\"${token.expires_at | epoch-seconds}\"}")),
                        SampleAuth.LIFETIME)
                .subject(new SubjectClaim(JsonPointer.parse("/sub"), SubjectClaim.Names.EMAIL, true))
                .build();
    }

    @Test
    void an_outdated_hash_that_cannot_be_replaced_lets_people_in() {
        PasswordHash outdated =
                PlainPasswordHasher.keepingOutdatedPasswordsInTheClear().hash(RawPassword.of(PASSWORD));
        sample.memory.rehash(sample.han.id(), sample.find(sample.han).hash(), outdated);
        store.writes = Writes.FAIL;
        assertThat(auth.authenticate(loggedIn(PASSWORD).token().token())).isInstanceOf(Authenticated.class);
        assertThat(sample.find(sample.han).hash()).isEqualTo(outdated);
    }

    @Test
    @Timeout(30)
    void a_store_that_takes_its_time_costs_a_moment_and_then_nothing() throws InterruptedException {
        store.writes = Writes.HANG;
        long start = System.nanoTime();
        for (int i = 0; i < 40; i++) {
            assertThat(auth.authenticate(loggedIn(PASSWORD).token().token())).isInstanceOf(Authenticated.class);
        }
        // Four may wait a quarter of a second each; the others see that these are still waiting.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
        assertThat(sample.find(sample.han).user().lastLoginAt()).isNull();
        store.release.countDown();
        for (int i = 0; i < 1000 && sample.find(sample.han).user().lastLoginAt() == null; i++) {
            Thread.sleep(10);
        }
        assertThat(sample.find(sample.han).user().lastLoginAt()).isEqualTo(sample.clock.instant());
        assertThat(auth.lostLoginNotes()).isZero();
    }

    @Test
    void what_cannot_be_noted_is_still_confirmed_by_the_store() {
        store.writes = Writes.FAIL;
        store.beforeWrite = () -> sample.memory.delete(sample.han.id());
        assertThat(logIn(PASSWORD)).isInstanceOf(LogIn.Outcome.Refused.class);
    }

    @Test
    void a_password_that_is_replaced_while_the_note_fails_gets_no_token() {
        store.writes = Writes.FAIL;
        store.beforeWrite = () -> changePassword("a password for tomorrow");
        assertThat(logIn(PASSWORD)).isInstanceOf(LogIn.Outcome.Refused.class);
    }

    @Test
    void a_token_that_was_not_noted_ends_with_a_later_change_by_a_machine_whose_clock_is_behind() {
        sample.clock.advance(Duration.ofMinutes(5));
        store.writes = Writes.FAIL;
        AccessToken token = loggedIn(PASSWORD).token().token();
        store.writes = Writes.WORK;
        sample.clock.advance(Duration.ofSeconds(-9));
        changePassword("a password for tomorrow");
        sample.clock.advance(Duration.ofSeconds(9));
        assertThat(auth.authenticate(token)).isEqualTo(new AuthenticateRequest.Outcome.Refused(TokenFlaw.REVOKED));
        assertThat(auth.authenticate(loggedIn("a password for tomorrow").token().token()))
                .isInstanceOf(Authenticated.class);
    }

    @Test
    void registrations_and_password_changes_stay_strict() {
        store.writes = Writes.FAIL;
        assertThatThrownBy(() -> auth.register(Registration.ofEmail("new@example.com", RawPassword.of(PASSWORD))))
                .isInstanceOf(AuthFault.class);
        assertThatThrownBy(() -> auth.update(
                        sample.han.id(),
                        UserChange.ofPasswordWithoutCurrent(RawPassword.of("a password for tomorrow"))))
                .isInstanceOf(AuthFault.class);
    }

    private void changePassword(String password) {
        sample.auth.update(sample.han.id(), UserChange.ofPasswordWithoutCurrent(RawPassword.of(password)));
    }

    private LogIn.Outcome.LoggedIn loggedIn(String password) {
        return (LogIn.Outcome.LoggedIn) logIn(password);
    }

    private LogIn.Outcome logIn(String password) {
        return auth.logIn(new LogIn.Attempt(IdentifierKind.EMAIL, "han@example.com", RawPassword.of(password)));
    }

    private enum Writes {
        WORK,
        FAIL,
        HANG
    }

    /** A store that can be read, and whose writes fail or hang. */
    private static final class SickStore implements UserStore {

        private final UserStore store;
        private final CountDownLatch release = new CountDownLatch(1);
        private volatile Writes writes = Writes.WORK;
        private volatile Runnable beforeWrite = () -> {};

        SickStore(UserStore store) {
            this.store = store;
        }

        private UserStore writing() {
            beforeWrite.run();
            if (writes == Writes.FAIL) {
                throw AuthFault.temporary("the disk is full", new IllegalStateException("no space"));
            }
            try {
                return writes == Writes.HANG && !release.await(60, TimeUnit.SECONDS) ? this : store;
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        }

        @Override
        public Optional<StoredUser> find(UserKey key) {
            return store.find(key);
        }

        @Override
        public StoreResult insert(NewUser user) {
            return writing().insert(user);
        }

        @Override
        public StoreResult update(User changed, @Nullable PasswordHash hash) {
            return writing().update(changed, hash);
        }

        @Override
        public boolean rehash(UserId id, PasswordHash expected, PasswordHash replacement) {
            return writing().rehash(id, expected, replacement);
        }

        @Override
        public Optional<User> recordLogin(Login login) {
            return writing().recordLogin(login);
        }

        @Override
        public boolean delete(UserId id) {
            return writing().delete(id);
        }

        @Override
        public List<User> page(@Nullable UserId after, int limit) {
            return store.page(after, limit);
        }
    }
}
