package dev.countersign.javalin.server;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.javalin.server.config.ConfigException;
import dev.countersign.javalin.server.config.ConfigLoader;
import dev.countersign.javalin.server.config.ServerConfig;
import dev.countersign.javalin.server.config.Setting;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorageTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:oracle:thin:@//127.0.0.1/x?password=sesame-open",
                "postgresql://user:sesame-open@127.0.0.1/x",
                "jdbc:postgresql://127.0.0.1:notaport/x?user=u&password=sesame-open",
                "jdbc:postgresql://127.0.0.1:1/x?user=u&password=sesame-open"
            })
    void an_address_that_cannot_be_used_is_refused_without_quoting_it(String address) throws ConfigException {
        ServerConfig config = new ConfigLoader(Map.of()).load(Map.of(Setting.DATABASE, address), Optional.empty());

        assertThatThrownBy(() -> Storage.open(config).close())
                .isInstanceOf(ConfigException.class)
                .hasMessageNotContaining("sesame-open");
    }
}
