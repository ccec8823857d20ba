package dev.countersign.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.server.ChildServer;
import dev.countersign.server.Requests;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceVariablesTest {

    /** What Kubernetes sets for a service of that name with two ports, one of them named. */
    private static Map<String, String> of(String name, String ip) {
        Map<String, String> variables = new HashMap<>();
        String host = ip.contains(":") ? "[" + ip + "]" : ip;
        variables.put(name + "_SERVICE_HOST", ip);
        variables.put(name + "_SERVICE_PORT", "80");
        variables.put(name + "_SERVICE_PORT_HTTP", "80");
        variables.put(name + "_SERVICE_PORT_METRICS_2", "9090");
        variables.put(name + "_PORT", "tcp://" + host + ":80");
        for (String port : new String[] {"80_TCP", "53_UDP", "9_SCTP"}) {
            String[] parts = port.split("_", 2);
            String protocol = parts[1].toLowerCase(Locale.ROOT);
            variables.put(name + "_PORT_" + port, protocol + "://" + host + ":" + parts[0]);
            variables.put(name + "_PORT_" + port + "_PROTO", protocol);
            variables.put(name + "_PORT_" + port + "_PORT", parts[0]);
            variables.put(name + "_PORT_" + port + "_ADDR", ip);
        }
        return variables;
    }

    private static ServerConfig load(Map<String, String> environment) throws ConfigException {
        return new ConfigLoader(environment).load(Map.of(), Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"AUTH", "AUTH_X", "AUTH_DATABASE", "AUTH_SERVER_2", "AUTH_SERVICE"})
    void what_Kubernetes_sets_for_a_service_is_left_out(String name) throws Exception {
        for (String ip : new String[] {"10.0.0.1", "fd00::1:2"}) {
            assertThat(load(of(name, ip)).port()).isEqualTo(8080);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "AUTH_PROT, 9090",
        "AUTH_SERVICE_HOTS, 10.0.0.1",
        "AUTH_SERVICE_HOST, db.example.com",
        "AUTH_SERVICE_PORT, http",
        "AUTH_PORT, tcp",
        "AUTH_PORT, tcp://10.0.0.1",
        "AUTH_PORT_80_TCP, 80",
        "AUTH_PORT_80_TCP_ADDR, localhost",
        "AUTH_DATABASE_URL, tcp://10.0.0.1:80"
    })
    void a_slip_of_the_pen_is_refused_as_ever(String name, String value) {
        assertThatThrownBy(() -> load(Map.of(name, value)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(name);
    }

    @Test
    void a_port_of_ones_own_counts() throws Exception {
        assertThat(load(Map.of("AUTH_PORT", "9090", "AUTH_SERVICE_HOST", "10.0.0.1"))
                        .port())
                .isEqualTo(9090);
    }

    @Test
    void a_server_starts_among_them_and_says_in_a_line_what_it_left_out(@TempDir Path data) throws Exception {
        try (ChildServer server = ChildServer.launch(
                        data, of("AUTH", "10.0.0.1"), "--port", "0", "--dialects", "standard")
                .ready()) {
            assertThat(new Requests(server.address()).get("/auth/me").statusCode())
                    .isEqualTo(401);
            assertThat(server.errors())
                    .contains("INFO", "AUTH_PORT, AUTH_PORT_53_UDP", "AUTH_SERVICE_PORT_METRICS_2")
                    .hasLineCount(1);
        }
    }
}
