package dev.countersign.testkit.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.Auth;
import dev.countersign.crypto.bcrypt.BcryptPasswordHasher;
import dev.countersign.crypto.migration.ForeignHashes;
import dev.countersign.crypto.migration.MigratingPasswordHasher;
import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.testkit.fixture.SeededRandom;
import dev.countersign.usecase.LogIn;
import dev.countersign.usecase.UpdateUser;
import dev.countersign.usecase.UserChange;
import dev.countersign.user.IdentifierKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins with hashes of other systems: what becomes of the hash. */
class OldHashesTest {

    private static final String LONG = "0123456789".repeat(8);

    /** Made by npm bcrypt 6.0.0 of {@link #LONG}, and of a short password. */
    private static final String CUT = "{cut}$2b$10$UIVv4KuplgX/x2i0R.dZcOnejPMjRNBCljda.UueuWsmGlFmNNErq";

    private static final String CUT_SHORT = "{cut}$2b$10$kp3Tbt/jyXOSLfUSWf5x/.V.lz5PwGbO7DX4QzzcugOT8AMgo1M3i";
    private static final String SHORT = "correct horse ß🐎";

    private final SampleAuth sample = new SampleAuth();
    private final MigratingPasswordHasher hasher =
            new MigratingPasswordHasher(new BcryptPasswordHasher(10, new SeededRandom(1)), ForeignHashes.all());
    private final Auth auth = sample.with(hasher);

    @Test
    void a_long_password_of_a_system_that_cuts_logs_in_and_is_not_stored_anew() {
        store(CUT);
        assertThat(logIn(LONG)).isTrue();
        assertThat(logIn(LONG.substring(0, 72) + "anything")).isTrue();
        assertThat(logIn(LONG.substring(0, 71))).isFalse();
        assertThat(stored()).isEqualTo(CUT);
    }

    @Test
    void one_of_72_bytes_is_not_stored_anew_either_for_more_may_have_been_behind() {
        store(CUT);
        assertThat(logIn(LONG.substring(0, 72))).isTrue();
        assertThat(stored()).isEqualTo(CUT);
        assertThat(logIn(LONG)).isTrue();
    }

    @Test
    void a_short_password_of_a_system_that_cuts_becomes_whole_at_the_first_login() {
        store(CUT_SHORT);
        assertThat(logIn(SHORT)).isTrue();
        assertThat(stored()).startsWith("$2b$10$").isNotEqualTo(CUT_SHORT.substring(5));
        assertThat(logIn(SHORT)).isTrue();
    }

    @Test
    void a_cut_password_becomes_whole_when_it_is_changed() {
        store(CUT);
        UpdateUser.Outcome changed = auth.update(
                sample.han.id(), UserChange.ofPasswordWithoutCurrent(RawPassword.of("a new and whole one")));
        assertThat(changed).isInstanceOf(UpdateUser.Outcome.Updated.class);
        assertThat(stored()).startsWith("$2b$10$");
        assertThat(logIn("a new and whole one")).isTrue();
        assertThat(logIn(LONG)).isFalse();
    }

    @Test
    void without_the_mark_a_long_password_is_refused() {
        store(CUT.substring(5));
        assertThat(logIn(LONG)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "scrypt:32768:8:1$fvXlq-LqE8SBHLcatpIT-g$bb598d48120a29483c29dbf3b0f182a485b394f798706f1b1acaa9f56e2eaa042b44761ac900786b358b69cc798567cbf777d8087c3bd00122e51134cc81ba03",
                "bcrypt_sha256$$2b$12$zGCcXuNQmkWmWNyqkF063.6iCrx2J4OO.3hD3V8X5Cl8LLh7Rq7/i",
                "$P$BtMmgQy3P5sZmAcX3qRvBZKGundUZ/0"
            })
    void a_long_password_of_a_system_that_reads_all_of_it_logs_in_and_its_hash_stays(String hash) {
        store(hash);
        assertThat(logIn(LONG)).isTrue();
        assertThat(logIn(LONG + "x")).isFalse();
        assertThat(stored()).isEqualTo(hash);
    }

    @ParameterizedTest
    @CsvSource({
        "md5$kGDTaDoDXIh9A8d0uT5L3P$85acf4df847cd2398c79b884b6124a27",
        "$P$BaXax1Dh9qdXMpw6jT4niXdSNjBnYP.",
        "{SSHA}c4OU030NKk17FLwteHUASI/nh7Ua4zzn",
    })
    void a_weak_hash_inside_bcrypt_becomes_bcrypt_at_the_first_login(String weak) {
        store(hasher.taken(PasswordHash.of(weak), false).revealForStorage());
        assertThat(logIn("wrong")).isFalse();
        assertThat(stored()).startsWith("{wrapped ");
        assertThat(logIn(SHORT)).isTrue();
        assertThat(stored()).startsWith("$2b$10$");
    }

    private void store(String hash) {
        sample.memory.rehash(sample.han.id(), sample.find(sample.han).hash(), PasswordHash.of(hash));
    }

    private String stored() {
        return sample.find(sample.han).hash().revealForStorage();
    }

    private boolean logIn(String password) {
        return auth.logIn(new LogIn.Attempt(IdentifierKind.EMAIL, "han@example.com", RawPassword.of(password)))
                instanceof LogIn.Outcome.LoggedIn;
    }
}
