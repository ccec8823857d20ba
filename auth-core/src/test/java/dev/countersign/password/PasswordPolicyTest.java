package dev.countersign.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordPolicyTest {

    private final PasswordPolicy policy = new PasswordPolicy(8, 64, "password1"::equals);

    @Test
    void length_is_counted_in_code_points() {
        assertThat(flaw("🐎".repeat(7))).contains(PasswordFlaw.TOO_SHORT);
        assertThat(flaw("🐎".repeat(8))).isEmpty();
        assertThat(flaw("x".repeat(64))).isEmpty();
        assertThat(flaw("x".repeat(65))).contains(PasswordFlaw.TOO_LONG);
    }

    @Test
    void bytes_beyond_what_the_hasher_reads_are_too_many() {
        assertThat(flaw("é".repeat(36))).isEmpty();
        assertThat(flaw("é".repeat(37))).contains(PasswordFlaw.TOO_MANY_BYTES);
        assertThat(flaw("🐎".repeat(18))).isEmpty();
        assertThat(flaw("🐎".repeat(19))).contains(PasswordFlaw.TOO_MANY_BYTES);
        assertThat(flaw("🐎".repeat(65))).contains(PasswordFlaw.TOO_LONG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"aaaaaaaa", "        ", "12345678", "ÄÖÜäöüßß", "correct horse battery staple"})
    void no_composition_is_asked_for(String password) {
        assertThat(flaw(password)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"long enough\0", "\uD800long enough"})
    void malformed_passwords_are_refused(String password) {
        assertThat(flaw(password)).contains(PasswordFlaw.MALFORMED);
    }

    @Test
    void common_passwords_and_own_identifiers_are_refused() {
        assertThat(flaw("password1")).contains(PasswordFlaw.TOO_COMMON);
        assertThat(flaw("han@example.com")).contains(PasswordFlaw.LIKE_IDENTIFIER);
    }

    @ParameterizedTest
    @CsvSource({"0,64", "-1,64", "65,128", "8,63", "8,4097"})
    void limits_out_of_range_are_refused(int minimum, int maximum) {
        assertThatIllegalArgumentException().isThrownBy(() -> new PasswordPolicy(minimum, maximum, text -> false));
    }

    @ParameterizedTest
    @CsvSource({"1,64", "64,64", "15,4096"})
    void limits_in_range_are_taken(int minimum, int maximum) {
        assertThat(new PasswordPolicy(minimum, maximum, text -> false).minimum())
                .isEqualTo(minimum);
    }

    private Optional<PasswordFlaw> flaw(String password) {
        return policy.flaw(RawPassword.of(password), 72, "han@example.com"::equals);
    }
}
