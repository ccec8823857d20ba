package dev.countersign.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.throttle.AddressRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustedProxiesTest {

    private static final TrustedProxies PLAIN = proxies(TrustedProxies.Header.X_FORWARDED_FOR);
    private static final TrustedProxies RFC = proxies(TrustedProxies.Header.FORWARDED);

    private static TrustedProxies proxies(TrustedProxies.Header header) {
        return TrustedProxies.of(List.of(AddressRange.parse("10.0.0.0/8"), AddressRange.parse("::1")), header);
    }

    private static String client(TrustedProxies proxies, String peer, String name, String... lines) {
        Headers headers = Headers.of(Map.of(name, List.of(lines)));
        return proxies.clientOf(new RequestHead("GET", "/", "", headers, 0, peer))
                .toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.1 | 192.0.2.1",
                "192.0.2.1:4711 | 192.0.2.1",
                "2001:db8::1 | 2001:db8::1",
                "[2001:db8::1]:443 | 2001:db8::1",
                "6.6.6.6, 192.0.2.1 | 192.0.2.1",
                "6.6.6.6, 192.0.2.1, 10.0.0.2, ::1 | 192.0.2.1",
                "10.1.1.1, 10.0.0.2 | 10.1.1.1",
                "192.0.2.1, , | 192.0.2.1",
                "6.6.6.6, unknown | 10.0.0.1",
                "6.6.6.6, proxy.example.com, 10.0.0.2 | 10.0.0.2",
                "6.6.6.6, 1.2.3.4:port | 10.0.0.1",
                "6.6.6.6, 1.2.3.4:1:2 | 10.0.0.1",
                "[::2 | 10.0.0.1",
                "::ffff:192.0.2.9 | 192.0.2.9",
            })
    void the_address_that_the_outermost_trusted_proxy_saw_counts(String header, String client) {
        assertThat(client(PLAIN, "10.0.0.1", "X-Forwarded-For", header)).isEqualTo(client);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "for=192.0.2.1 | 192.0.2.1",
                "For=\"192.0.2.1:80\";proto=https;by=10.0.0.9 | 192.0.2.1",
                "proto=https;for=\"[2001:db8::1]:443\" | 2001:db8::1",
                "for=6.6.6.6, for=192.0.2.1, for=10.0.0.2;host=\"a,b;for=1.1.1.1\" | 192.0.2.1",
                "for=6.6.6.6, for=_hidden | 10.0.0.1",
                "for=6.6.6.6, for=unknown | 10.0.0.1",
                "for=6.6.6.6, proto=https | 10.0.0.1",
                "for=6.6.6.6;for=192.0.2.1 | 10.0.0.1",
                "for=\", for=192.0.2.1 | 192.0.2.1",
                "for=\"6.6.6.6\\\", for=192.0.2.1 | 192.0.2.1",
            })
    void the_standard_header_is_read_in_the_same_way(String header, String client) {
        assertThat(client(RFC, "10.0.0.1", "Forwarded", header)).isEqualTo(client);
    }

    @Test
    void a_header_from_anyone_else_is_ignored() {
        assertThat(client(PLAIN, "192.0.2.66", "X-Forwarded-For", "127.0.0.1")).isEqualTo("192.0.2.66");
        assertThat(client(TrustedProxies.none(), "10.0.0.1", "X-Forwarded-For", "192.0.2.1"))
                .isEqualTo("10.0.0.1");
        assertThat(client(PLAIN, "", "X-Forwarded-For", "192.0.2.1")).isEmpty();
    }

    @Test
    void the_other_header_is_ignored() {
        assertThat(client(PLAIN, "10.0.0.1", "Forwarded", "for=6.6.6.6")).isEqualTo("10.0.0.1");
        assertThat(client(RFC, "10.0.0.1", "X-Forwarded-For", "6.6.6.6")).isEqualTo("10.0.0.1");
    }

    @Test
    void several_lines_are_one_list() {
        assertThat(client(PLAIN, "10.0.0.1", "x-forwarded-for", "6.6.6.6", "192.0.2.1, 10.0.0.3", "10.0.0.2"))
                .isEqualTo("192.0.2.1");
    }

    @Test
    void an_endless_list_is_followed_for_a_bounded_number_of_proxies() {
        List<String> all = new ArrayList<>(List.of("192.0.2.1"));
        for (int i = 0; i < 100_000; i++) {
            all.add("10.0.0.2");
        }
        assertThat(client(PLAIN, "10.0.0.1", "X-Forwarded-For", String.join(",", all)))
                .isEqualTo("10.0.0.2");
    }
}
