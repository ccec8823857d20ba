package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.server.config.ConfigLoader;
import dev.countersign.server.config.Setting;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The warnings about clients that count as one. */
final class LoginThrottleTest {

    private static String warning(String host, Map<Setting, String> settings) throws Exception {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        PrintStream before = System.err;
        ListeningPort port = ListeningPort.bind(host, 0);
        try {
            System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
            LoginThrottle.warnOfProxies(new ConfigLoader(Map.of()).load(settings, Optional.empty()), port);
        } finally {
            System.setErr(before);
            port.close();
        }
        return written.toString(StandardCharsets.UTF_8);
    }

    @Test
    void a_server_that_others_reach_warns_that_no_proxy_is_named() throws Exception {
        assertThat(warning("0.0.0.0", Map.of())).contains("no proxy is named", "--trusted-proxies");
    }

    @Test
    void nothing_is_warned_of_where_it_is_of_no_use() throws Exception {
        assertThat(warning("127.0.0.1", Map.of())).isEmpty();
        assertThat(warning("0.0.0.0", Map.of(Setting.TRUSTED_PROXIES, "127.0.0.1")))
                .isEmpty();
        assertThat(warning("0.0.0.0", Map.of(Setting.THROTTLE, "false"))).isEmpty();
    }
}
