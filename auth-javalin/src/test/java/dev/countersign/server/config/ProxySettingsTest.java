package dev.countersign.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProxySettingsTest {

    @TempDir
    private Path folder;

    private static String proxies(Map<Setting, String> flags) throws ConfigException {
        return new ConfigLoader(Map.of())
                .load(flags, Optional.empty())
                .proxies()
                .toString();
    }

    @Test
    void proxies_are_addresses_and_ranges_in_a_flag_or_a_list_in_a_file() throws Exception {
        assertThat(proxies(Map.of())).isEqualTo("no proxies");
        assertThat(proxies(Map.of(Setting.TRUSTED_PROXIES, "10.0.0.0/8, ::1")))
                .isEqualTo("[10.0.0.0/8, ::1/128] by X-Forwarded-For");
        Path file = Files.writeString(
                folder.resolve("auth.yaml"), "trusted_proxies: [192.0.2.1, \"fd00::/8\"]\nforwarded_header: forwarded\n");
        assertThat(new ConfigLoader(Map.of())
                        .load(Map.of(), Optional.of(file.toString()))
                        .proxies())
                .hasToString("[192.0.2.1/32, fd00::/8] by Forwarded");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.1/8 | write 10.0.0.0/8",
                "proxy.example.com | is no address or range",
                "10.0.0.0/33 | has no prefix length from 0 to 32",
                "' ' | no proxy is named",
            })
    void anything_else_is_refused_with_what_would_be_right(String text, String message) {
        assertThatThrownBy(() -> proxies(Map.of(Setting.TRUSTED_PROXIES, text)))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("--trusted-proxies: ")
                .hasMessageContaining(message)
                .message()
                .hasLineCount(1);
    }

    @Test
    void a_header_needs_a_proxy_and_a_known_name() {
        assertThatThrownBy(() -> proxies(Map.of(Setting.FORWARDED_HEADER, "forwarded")))
                .hasMessageContaining("--forwarded-header: no proxy is trusted, so no header is read; give the proxies as"
                        + " --trusted-proxies");
        assertThatThrownBy(() ->
                        proxies(Map.of(Setting.TRUSTED_PROXIES, "::1", Setting.FORWARDED_HEADER, "x-real-ip")))
                .hasMessageContaining("unknown header x-real-ip; x-forwarded-for or forwarded");
    }
}
