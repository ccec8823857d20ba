package dev.countersign.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawPasswordTest {

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " pass word ", "é🐎", "e\u0301", "\u007F\t\n"})
    void a_password_is_exactly_what_was_typed(String text) {
        assertThat(RawPassword.of(text).revealUtf8()).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
        assertThat(RawPassword.of(text.toCharArray()).revealText()).isEqualTo(text);
        assertThat(RawPassword.of(text).isWellFormed()).isTrue();
        assertThat(RawPassword.of(text).codePoints()).isEqualTo(text.codePointCount(0, text.length()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\0", "a\0b", "\uD800", "\uDC00", "\uDC00\uD800", "a\uD800", "\uD800\uD800\uDC00", "🐎\uDC00"})
    void nul_and_unpaired_surrogates_are_malformed(String text) {
        assertThat(RawPassword.of(text).isWellFormed()).isFalse();
    }

    @Test
    void closing_does_not_wipe_the_callers_array() {
        char[] typed = "secret".toCharArray();
        RawPassword.of(typed).close();
        assertThat(typed).containsExactly('s', 'e', 'c', 'r', 'e', 't');
    }

    @Test
    void closing_wipes_the_password() throws ReflectiveOperationException {
        RawPassword password = RawPassword.of("secret");
        Field chars = RawPassword.class.getDeclaredField("chars");
        chars.setAccessible(true);
        password.close();
        password.close();
        assertThat((char[]) chars.get(password)).hasSize(6).containsOnly('\0');
    }

    @Test
    void a_closed_password_is_refused_wherever_it_is_used() {
        RawPassword password = RawPassword.of("secret");
        password.close();
        PasswordPolicy policy = new PasswordPolicy(1, 64, text -> false);
        List<ThrowingCallable> uses = List.of(
                password::codePoints,
                password::bytes,
                password::isEmpty,
                password::isWellFormed,
                password::revealUtf8,
                password::revealText,
                () -> policy.flaw(password, 72, text -> false));
        assertThat(uses)
                .allSatisfy(use -> assertThatIllegalStateException()
                        .isThrownBy(use)
                        .withMessage("the password is closed: its characters were wiped by close()"));
        assertThat(password).hasToString("RawPassword[hidden]");
    }

    @Test
    void the_callers_array_can_be_wiped_at_once() {
        char[] typed = "secret".toCharArray();
        RawPassword password = RawPassword.of(typed);
        typed[0] = 0;
        assertThat(password.revealText()).isEqualTo("secret");
    }

    @Test
    void wiping_revealed_bytes_leaves_the_password_alone() {
        RawPassword password = RawPassword.of("secret");
        password.revealUtf8()[0] = 0;
        assertThat(password.revealText()).isEqualTo("secret");
    }

    @Test
    void only_no_characters_are_empty() {
        assertThat(RawPassword.of("").isEmpty()).isTrue();
        assertThat(RawPassword.of(" ").isEmpty()).isFalse();
    }

    @Test
    void nothing_is_printed() {
        assertThat(RawPassword.of("secret")).hasToString("RawPassword[hidden]");
        assertThat(PasswordHash.of("$2b$12$x")).hasToString("PasswordHash[hidden]");
    }

    @Test
    void hashes_are_equal_by_content() {
        assertThat(PasswordHash.of("a")).isEqualTo(PasswordHash.of("a")).hasSameHashCodeAs(PasswordHash.of("b"));
        assertThat(PasswordHash.of("a")).isNotEqualTo(PasswordHash.of("b")).isNotEqualTo(PasswordHash.of("ab"));
        assertThat(PasswordHash.of("é").revealForStorage()).isEqualTo("é");
    }
}
