package dev.countersign.testkit.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.crypto.zxcvbn.CommonPasswords;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommonPasswordsTest {

    private final CommonPasswords common = new CommonPasswords();

    @Test
    void the_list_has_at_least_3000_passwords() {
        assertThat(common.size()).isGreaterThanOrEqualTo(3000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "PASSWORD", "PassWord", "123456", "qwertyuiop", "TITANIC"})
    void common_passwords_are_found_in_any_case(String password) {
        assertThat(common.test(password)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "passwordPassword",
                "passwordpasswordpass",
                "123456789012345",
                "aaaaaaaaaaaaaaaa",
                "xyxyxyxyxyxyxyx",
                "x7!x7!x7!x7!x7!"
            })
    void repetitions_are_common_too(String password) {
        assertThat(common.test(password)).isTrue();
    }

    @Test
    void an_application_adds_passwords_in_any_case() {
        CommonPasswords more = common.including(List.of("Acme Corporation")).including(List.of("another"));

        assertThat(List.of("ACME corporation", "acme corporationACME CORPORATION", "another", "password"))
                .allMatch(more);
        assertThat(List.of("acme", "acme corporation 2026", "an other")).noneMatch(more);
        assertThat(common.test("another")).isFalse();
        assertThat(more.size()).isEqualTo(common.size() + 2);
    }

    @Test
    @Timeout(10)
    void a_long_text_is_looked_at_in_little_time() {
        assertThat(common.test("abcd".repeat(1024) + "!")).isFalse();
        assertThat(common.test("a".repeat(4095) + "b")).isFalse();
        assertThat(common.test("password".repeat(512))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", " password", "tıtanıc", "correct horse battery staple", "axel axel is fine"})
    void others_are_not(String password) {
        assertThat(common.test(password)).isFalse();
    }
}
