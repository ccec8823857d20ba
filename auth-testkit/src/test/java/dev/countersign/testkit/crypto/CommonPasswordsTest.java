package dev.countersign.testkit.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.crypto.zxcvbn.CommonPasswords;
import org.junit.jupiter.api.Test;
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
    @ValueSource(strings = {"", " password", "tıtanıc", "correct horse battery staple"})
    void others_are_not(String password) {
        assertThat(common.test(password)).isFalse();
    }
}
