package dev.countersign.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1, 192.0.2.1",
        "::ffff:192.0.2.1, 192.0.2.1, 192.0.2.1",
        "2001:DB8:0:0:1:2:3:4, 2001:db8::1:2:3:4, 2001:db8::/64",
        "[2001:db8:1:2:3:4:5:6], 2001:db8:1:2:3:4:5:6, 2001:db8:1:2::/64",
        "fe80::1%eth0, fe80::1, fe80::/64",
        "::1, ::1, ::/64",
    })
    void the_network_of_ipv6_is_its_first_64_bits(String text, String address, String network) {
        assertThat(ClientAddress.of(text)).hasToString(address);
        assertThat(ClientAddress.of(text).network()).isEqualTo(network);
        assertThat(ClientAddress.of(text).isKnown()).isTrue();
        assertThat(ClientAddress.of(text)).isEqualTo(ClientAddress.of(address)).hasSameHashCodeAs(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "example.com",
                "192.0.2",
                "192.0.2.1:80",
                "1.2.3.4.5",
                "[192.0.2.1]",
                "0x7f.1",
                "unix:/run/a",
                "%"
            })
    void anything_else_is_unknown(String text) {

        assertThat(ClientAddress.of(text)).isEqualTo(ClientAddress.unknown());
        assertThat(ClientAddress.of(text).isKnown()).isFalse();
        assertThat(ClientAddress.of(text).network()).isEmpty();
    }

    @Test
    void what_follows_a_zone_is_ignored() {
        assertThat(ClientAddress.of("::1%a:b")).isEqualTo(ClientAddress.of("::1"));
    }
}
