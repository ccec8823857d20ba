package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.server.config.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How far other clocks may differ: as the dialect's file says, unless the server or the mount is configured otherwise. */
@Tag("slow")
class LeewayTest {

    @TempDir
    private Path data;

    @BeforeEach
    void files() throws Exception {
        String standard = ShippedDialects.text("standard").replace("lifetime: 15m", "lifetime: 1s");
        Files.writeString(data.resolve("strict.yaml"), standard);
        Files.writeString(data.resolve("lax.yaml"), standard.replace("lifetime: 1s", "lifetime: 1s\n  skew: 60s"));
    }

    private Path config(String leeway) throws Exception {
        return Files.writeString(data.resolve("auth.yaml"), leeway + """
                dialects:
                  - file: strict.yaml
                    prefix: /strict
                  - file: lax.yaml
                    prefix: /lax
                  - file: strict.yaml
                    prefix: /own
                    leeway: 30s
                  - file: lax.yaml
                    prefix: /none
                    leeway: 0s
                """);
    }

    @ParameterizedTest
    @CsvSource({"'', 401, 200, 200, 401", "leeway: 45s, 200, 200, 200, 401", "leeway: 0s, 401, 401, 200, 401"})
    void an_expired_token_is_valid_for_as_long_as_the_nearest_setting_says(
            String leeway, int strict, int lax, int own, int none) throws Exception {
        try (RunningServer server = RunningServer.start(data, "--config=" + config(leeway + "\n"), "--demo")) {
            Requests requests = server.requests();
            String[] mounts = {"/strict", "/lax", "/own", "/none"};
            String[] tokens = new String[mounts.length];
            DemoUsers.Demo user = DemoUsers.all().get(0);
            String login = "{\"identifier\":\"" + user.email() + "\",\"password\":\"" + user.shown() + "\"}";
            for (int i = 0; i < mounts.length; i++) {
                tokens[i] = Requests.text(requests.post(mounts[i] + "/auth/login", login), "/access_token");
            }
            Thread.sleep(2500);
            int[] expected = {strict, lax, own, none};
            for (int i = 0; i < mounts.length; i++) {
                assertThat(requests.get(mounts[i] + "/auth/me", "Bearer " + tokens[i])
                                .statusCode())
                        .as(mounts[i])
                        .isEqualTo(expected[i]);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"61s", "1h", "-1s", "soon"})
    void beyond_a_minute_it_is_refused(String leeway) {
        assertThatThrownBy(() -> RunningServer.start(data, "--leeway=" + leeway).close())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("leeway is " + leeway)
                .hasMessageContaining("60s");
    }

    @Test
    void beyond_a_minute_a_mounts_own_is_refused_with_its_line() throws Exception {
        Path config = config("");
        Files.writeString(config, Files.readString(config).replace("leeway: 30s", "leeway: 2m"));
        assertThatThrownBy(() -> RunningServer.start(data, "--config=" + config).close())
                .hasMessageContaining("auth.yaml:8")
                .hasMessageContaining("leeway is 120s");
    }
}
