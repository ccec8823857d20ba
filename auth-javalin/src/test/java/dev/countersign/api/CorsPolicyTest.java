package dev.countersign.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which texts are origins, and which origins a policy allows. */
class CorsPolicyTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example.com",
                "https://app.example.com:8443",
                "http://localhost:5173",
                "http://127.0.0.1:8080",
                "http://[::1]:3000",
                "https://xn--bcher-kva.example",
                "https://my_app.example.com",
                "capacitor://localhost",
                "chrome-extension://gighmmpiobklfepjocnamgkkbiglidom"
            })
    void an_origin_allows_itself_only(String origin) {
        CorsPolicy policy = CorsPolicy.allowing(origin);

        assertThat(policy.allows(origin)).isTrue();
        for (String other : List.of(
                origin + ":1", origin + ".evil.example", origin + "/", "x" + origin, "null", "", "*", " " + origin)) {
            assertThat(policy.allows(other)).as(other).isFalse();
        }
        assertThat(policy).hasToString(origin);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*                            | it stands for every website",
                "null                         | identifies nobody",
                "app.example.com              | it begins with a scheme, such as https://",
                "https://app.example.com/     | it ends after the host or the port: https://app.example.com",
                "https://app.example.com/shop | it ends after the host or the port: https://app.example.com",
                "https://app.example.com?a=b  | it ends after the host or the port: https://app.example.com",
                "https://app.example.com:443  | browsers leave the default port out: https://app.example.com",
                "http://app.example.com:80    | browsers leave the default port out: http://app.example.com",
                "https://app.example.com:0    | its port is a number from 1 to 65535",
                "https://app.example.com:     | its port is a number from 1 to 65535",
                "https://app.example.com:*    | its port is a number from 1 to 65535",
                "https://app.example.com:99999| its port is a number from 1 to 65535",
                "https://App.example.com      | its host is lower-case: app.example.com",
                "HTTPS://app.example.com      | its scheme is lower-case",
                "https://bücher.example       | browsers send its ASCII form: xn--bcher-kva.example",
                "https://me@app.example.com   | it has no user name",
                "https://                     | it has a host after the scheme",
                "https://app..example.com     | its host is a name such as app.example.com",
                "https://app example.com      | its host is a name such as app.example.com",
                "https://[::0001]             | not an IPv6 address in its shortest form",
                "file:///home                 | it has a host after the scheme",
                "file://home                  | browsers send null as the origin of files",
                "https://*                    | a star stands for the labels before a domain only",
                "https://app.*.com            | a star stands for the labels before a domain only",
                "https://app*.example.com     | a star stands for the labels before a domain only",
                "https://*.*.example.com      | a star stands for the labels before a domain only",
                "https://*.com                | anybody can get a host below com",
                "https://*.co.uk              | anybody can get a host below co.uk",
                "https://*.github.io          | anybody can get a host below github.io",
                "https://*.127.0.0.1          | there are no hosts below an address"
            })
    void what_is_no_origin_is_refused_and_the_message_says_what_to_write(String text, String advice) {
        assertThatThrownBy(() -> CorsPolicy.allowing("https://app.example.com", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not an origin that can be allowed: " + text)
                .hasMessageContaining(advice);
    }

    @Test
    void a_star_stands_for_every_host_below_a_domain() {
        CorsPolicy policy = CorsPolicy.allowing("https://*.example.com", "http://*.localhost:5173");

        for (String below :
                List.of("https://app.example.com", "https://a.b.example.com", "http://shop.localhost:5173")) {
            assertThat(policy.allows(below)).as(below).isTrue();
        }
        for (String other : List.of(
                "https://example.com",
                "https://.example.com.evil.example",
                "https://evil-example.com",
                "https://evil.example/.example.com",
                "https://evil.example:1.example.com",
                "https://evil@app.example.com",
                "https://app.example.com:8443",
                "https://app.example.com.",
                "http://app.example.com",
                "https://APP.example.com",
                "http://shop.localhost")) {
            assertThat(policy.allows(other)).as(other).isFalse();
        }
    }

    @Test
    void nobody_is_allowed_until_an_origin_is_named() {
        assertThat(CorsPolicy.allowing().allows("https://app.example.com")).isFalse();
        assertThat(CorsPolicy.allowing()).hasToString("no origin");
        assertThat(CorsPolicy.allowingEveryOriginWithoutCredentials().allows("https://app.example.com"))
                .isTrue();
    }

    @Test
    void every_origin_and_credentials_exclude_each_other() {
        CorsPolicy open = CorsPolicy.allowingEveryOriginWithoutCredentials();

        assertThatThrownBy(open::withCredentials)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("credentials need named origins");
        assertThat(open.withMaxAge(Duration.ZERO).credentials()).contains(false);
        assertThat(open).hasToString("every origin without credentials");
    }

    @Test
    void times_and_names_are_checked() {
        CorsPolicy policy = CorsPolicy.allowing("https://app.example.com");

        for (Duration time :
                List.of(Duration.ofSeconds(-1), Duration.ofHours(24).plusSeconds(1), Duration.ofMillis(1))) {
            assertThatThrownBy(() -> policy.withMaxAge(time)).hasMessageContaining("0s to 24h");
        }
        for (String name : List.of("", "*", "X-A, X-B", "X-A:", "X\nA", "X Ä")) {
            assertThatThrownBy(() -> policy.withRequestHeaders(List.of(name)))
                    .hasMessageContaining("not a header's name");
            assertThatThrownBy(() -> policy.withExposedHeaders(List.of(name)))
                    .hasMessageContaining("not a header's name");
        }
    }
}
