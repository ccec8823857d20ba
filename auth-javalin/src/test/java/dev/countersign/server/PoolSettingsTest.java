package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.SQLExceptionOverride.Override;
import dev.countersign.server.config.ConfigLoader;
import dev.countersign.server.config.DatabaseConfig;
import dev.countersign.server.config.Setting;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.Driver;

class PoolSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "'jdbc:postgresql://a:1,b:2/c', primary",
        "'jdbc:postgresql://a,b,c/d?ssl=true', primary",
        "'jdbc:postgresql://a,b/c?targetServerType=any', any",
        "jdbc:postgresql://a/b, ",
        "'jdbc:postgresql://a/b,c', ",
        "'jdbc:postgresql:a,b', "
    })
    void of_several_hosts_the_one_that_takes_writes_is_used_unless_the_address_says_otherwise(
            String url, String expected) throws Exception {
        Properties known = Driver.parseURL(url, settings(url).getDataSourceProperties());
        assertThat(known).isNotNull();
        assertThat(known.getProperty("targetServerType")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"25006, MUST_EVICT", "23505, CONTINUE_EVICT", "08006, CONTINUE_EVICT", ", CONTINUE_EVICT"})
    void a_connection_that_only_reads_is_thrown_away(String state, Override decision) throws Exception {
        assertThat(settings("jdbc:postgresql://a/b").getExceptionOverride().adjudicate(new SQLException("no", state)))
                .isEqualTo(decision);
    }

    private static HikariConfig settings(String url) throws Exception {
        DatabaseConfig database = new ConfigLoader(Map.of())
                .load(Map.of(Setting.DATABASE, url), Optional.empty())
                .database();
        return PoolSettings.of(database.url().orElseThrow(), database);
    }
}
