package dev.countersign.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PasswordHashTest {

    private static final PasswordHash HASH = PasswordHash.of("$2b$12$één");

    @Test
    void a_hash_is_revealed_as_it_was_stored() {
        assertThat(HASH.revealForStorage()).isEqualTo("$2b$12$één");
    }

    @Test
    void equal_text_is_an_equal_hash_and_other_text_is_not() {
        assertThat(HASH).isEqualTo(PasswordHash.of("$2b$12$één")).hasSameHashCodeAs(PasswordHash.of("$2b$12$één"));
        assertThat(HASH).isNotEqualTo(PasswordHash.of("$2b$12$twee")).isNotEqualTo("$2b$12$één");
    }

    @Test
    void neither_print_nor_hash_code_says_anything_of_the_content() {
        assertThat(HASH).hasToString("PasswordHash[hidden]").hasSameHashCodeAs(PasswordHash.of("another"));
    }

    @Test
    void a_hash_has_no_nul_in_it() {
        assertThatIllegalArgumentException().isThrownBy(() -> PasswordHash.of("\0abc"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PasswordHash.of("abc\0"))
                .withMessageContaining("NUL");
    }

    @Test
    void a_key_for_decoys_has_sixteen_bytes() {
        assertThat(DecoyKey.of(new byte[16])).hasToString("DecoyKey[hidden]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DecoyKey.of(new byte[15]))
                .withMessageContaining("at least 16 bytes");
    }

    @Test
    void the_numbers_of_a_key_are_the_same_each_time_and_others_than_those_of_another_key() {
        DecoyKey key = DecoyKey.of(new byte[16]);
        byte[] other = new byte[16];
        other[15] = 1;
        assertThat(key.number("han")).isEqualTo(DecoyKey.of(new byte[16]).number("han"));
        assertThat(key.number("han")).isNotEqualTo(key.number("leia"));
        assertThat(key.number("han")).isNotEqualTo(DecoyKey.of(other).number("han"));
        assertThat(LongStream.of(key.number("han"), key.number("leia"))).doesNotContain(0L, 1L);
    }
}
