package dev.countersign.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, 11.0.0.1",
        "192.0.2.7, 192.0.2.7, 192.0.2.8",
        "192.0.2.128/25, 192.0.2.128, 192.0.2.127",
        "0.0.0.0/0, 8.8.8.8, ::1",
        "::1, ::1, ::2",
        "2001:db8::/33, 2001:db8:7fff::1, 2001:db8:8000::1",
        "::/0, fe80::1%eth0, 10.0.0.1",
        "10.0.0.0/8, ::ffff:10.1.2.3, ::ffff:11.1.2.3",
    })
    void a_range_contains_what_shares_its_first_bits(String range, String in, String out) {
        assertThat(AddressRange.parse(range).contains(ClientAddress.of(in))).isTrue();
        assertThat(AddressRange.parse(range).contains(ClientAddress.of(out))).isFalse();
    }

    @Test
    void an_unknown_address_is_in_no_range() {
        assertThat(AddressRange.parse("0.0.0.0/0").contains(ClientAddress.unknown()))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "proxy.example.com",
                "10.0.0.0/33",
                "10.0.0.0/",
                "10.0.0.0/08",
                "10.0.0.0/-1",
                "10.0.0",
                "::1/129",
                "fe80::1%eth0",
                "10.0.0.0/8/8",
                " 10.0.0.1",
                "[::1]"
            })
    void anything_else_is_refused_with_an_example(String text) {
        assertThatThrownBy(() -> AddressRange.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text)
                .message()
                .containsPattern("10\\.0\\.0\\.7|prefix length from 0 to (32|128)");
    }

    @Test
    void bits_after_the_prefix_are_refused_with_the_range_that_was_probably_meant() {
        assertThatThrownBy(() -> AddressRange.parse("10.1.2.3/8"))
                .hasMessage("10.1.2.3/8 has bits set after its first 8: write 10.0.0.0/8");
    }

    @Test
    void ranges_are_values() {
        assertThat(AddressRange.parse("::1"))
                .isEqualTo(AddressRange.parse("0:0::1/128"))
                .hasSameHashCodeAs(AddressRange.parse("::1"))
                .hasToString("::1/128")
                .isNotEqualTo(AddressRange.parse("::/127"));
    }
}
