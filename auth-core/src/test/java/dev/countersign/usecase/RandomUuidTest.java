package dev.countersign.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RandomUuidTest {

    @ParameterizedTest
    @CsvSource({
        "0,0,00000000-0000-4000-8000-000000000000",
        "-1,-1,ffffffff-ffff-4fff-bfff-ffffffffffff",
        "1311768467463790320,1311768467463790320,12345678-9abc-4ef0-9234-56789abcdef0"
    })
    void every_bit_but_those_of_version_and_variant_is_random(long first, long second, UUID uuid) {
        assertThat(RandomUuid.of(first, second)).isEqualTo(uuid);
        assertThat(uuid.version()).isEqualTo(4);
        assertThat(uuid.variant()).isEqualTo(2);
    }

    @Test
    void the_present_has_the_precision_that_every_store_keeps() {
        assertThat(Present.of(() -> Instant.parse("2024-02-29T12:00:00.123456789Z")))
                .isEqualTo("2024-02-29T12:00:00.123456Z");
    }
}
