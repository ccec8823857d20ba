package dev.countersign.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.port.PasswordHasher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link PasswordHasher} must show. */
public abstract class PasswordHasherContract {

    /** {@return the hasher to be tested, as cheap as it can be made} */
    protected abstract PasswordHasher hasher();

    /** {@return a hasher whose hashes are outdated for {@link #hasher}} */
    protected abstract PasswordHasher outdatedHasher();

    @Test
    void the_password_matches_and_another_does_not() {
        PasswordHash hash = hasher().hash(password("correct horse"));
        assertThat(verify("correct horse", hash)).isTrue();
        assertThat(verify("Correct horse", hash)).isFalse();
    }

    @Test
    void nothing_is_trimmed() {
        PasswordHash hash = hasher().hash(password(" correct horse "));
        assertThat(verify(" correct horse ", hash)).isTrue();
        assertThat(verify("correct horse", hash)).isFalse();
    }

    @Test
    void letters_beyond_ascii_are_told_apart() {
        PasswordHash hash = hasher().hash(password("naïve 🐎"));
        assertThat(verify("naïve 🐎", hash)).isTrue();
        assertThat(verify("nai\u0308ve 🐎", hash)).isFalse();
        assertThat(verify("na?ve ?", hash)).isFalse();
    }

    @Test
    void two_hashes_of_one_password_differ() {
        PasswordHasher hasher = hasher();
        assertThat(hasher.hash(password("twice"))).isNotEqualTo(hasher.hash(password("twice")));
    }

    @Test
    void an_empty_password_matches_no_other_hash() {
        assertThat(verify("", hasher().hash(password("not empty")))).isFalse();
    }

    @Test
    void the_longest_password_is_read_to_its_last_byte() {
        String longest = "x".repeat(hasher().longestBytes() - 1);
        PasswordHash hash = hasher().hash(password(longest + "a"));
        assertThat(verify(longest + "a", hash)).isTrue();
        assertThat(verify(longest + "b", hash)).isFalse();
        assertThat(verify(longest + "aa", hash)).isFalse();
    }

    @Test
    void length_is_counted_in_bytes() {
        String tooLong = "é".repeat(hasher().longestBytes() / 2 + 1);
        assertThatIllegalArgumentException().isThrownBy(() -> hasher().hash(password(tooLong)));
    }

    @Test
    void an_overlong_password_is_not_hashed() {
        String tooLong = "x".repeat(hasher().longestBytes() + 1);
        assertThatIllegalArgumentException().isThrownBy(() -> hasher().hash(password(tooLong)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "\0", "\uD800x", "x\uDC00", "\uDC00\uD800"})
    void a_malformed_password_is_not_hashed_and_matches_nothing(String malformed) {
        assertThatIllegalArgumentException().isThrownBy(() -> hasher().hash(password(malformed)));
        assertThat(verify(malformed, hasher().hash(password("?x")))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "$9$nothing", "ünïcode"})
    void a_stored_form_that_cannot_be_read_matches_nothing_and_is_outdated(String stored) {
        assertThat(verify("plain", PasswordHash.of(stored))).isFalse();
        assertThat(verify(stored, PasswordHash.of(stored))).isFalse();
        assertThat(hasher().outdated(PasswordHash.of(stored))).isTrue();
    }

    @Test
    void a_new_hash_is_not_outdated() {
        assertThat(hasher().outdated(hasher().hash(password("new")))).isFalse();
    }

    @Test
    void a_hash_of_other_parameters_verifies_and_is_outdated() {
        PasswordHash old = outdatedHasher().hash(password("old"));
        assertThat(verify("old", old)).isTrue();
        assertThat(hasher().outdated(old)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "decoy", "password"})
    void the_decoy_matches_nothing(String text) {
        assertThat(verify(text, hasher().decoy())).isFalse();
    }

    @Test
    void the_decoy_looks_like_a_new_hash() {
        assertThat(hasher().outdated(hasher().decoy())).isFalse();
    }

    private boolean verify(String text, PasswordHash stored) {
        try (RawPassword password = password(text)) {
            return hasher().verify(password, stored);
        }
    }

    private static RawPassword password(String text) {
        return RawPassword.of(text);
    }
}
