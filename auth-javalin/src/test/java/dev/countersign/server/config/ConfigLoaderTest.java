package dev.countersign.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.countersign.internal.yaml.Durations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigLoaderTest {

    @TempDir
    private Path folder;

    /** A setting, what reads it, its default and three other values. */
    static Stream<Arguments> settings() {
        return Stream.of(
                one(Setting.HOST, ServerConfig::host, "127.0.0.1", "::1", "0.0.0.0", "localhost"),
                one(Setting.PORT, ServerConfig::port, "8080", "0", "65535", "81"),
                one(Setting.DATA, ServerConfig::data, "auth-data", "/a", "/b: c", "d #e"),
                one(
                        Setting.DATABASE,
                        database(DatabaseConfig::url),
                        "Optional.empty",
                        "jdbc:sqlite:/a.db",
                        "jdbc:sqlite:/b.db?journal_mode=WAL",
                        "jdbc:postgresql://h:1,i:2/c?password=x"),
                one(Setting.DATABASE_POOL, database(DatabaseConfig::pool), "8", "1", "200", "20"),
                one(Setting.DATABASE_POOL_WAIT, database(DatabaseConfig::poolWait), "PT3S", "1s", "60s", "1m"),
                one(
                        Setting.DATABASE_STATEMENT_TIMEOUT,
                        database(DatabaseConfig::statementTimeout),
                        "PT5S",
                        "1s",
                        "60s",
                        "2000ms"),
                one(
                        Setting.DATABASE_CONNECT_TIMEOUT,
                        database(DatabaseConfig::connectTimeout),
                        "PT2S",
                        "1s",
                        "60s",
                        "4s"),
                one(
                        Setting.MIGRATE_AT_START,
                        database(DatabaseConfig::migrateAtStart),
                        "true",
                        "false",
                        "true",
                        "false"),
                one(
                        Setting.DIALECTS,
                        config -> config.dialects().stream()
                                .map(MountConfig::name)
                                .toList()
                                .toString(),
                        "[]",
                        "[payop]",
                        "[standard]",
                        "[realworld]"),
                one(Setting.QUERY_TOKENS, ServerConfig::queryTokens, "true", "false", "true", "false"),
                one(Setting.ISSUER, setting("issuer"), "none", "https://a", "https://b", "https://c/#x y"),
                one(Setting.AUDIENCE, setting("audience"), "none", "1", "true", "c"),
                one(Setting.BCRYPT_COST, ServerConfig::bcryptCost, "12", "10", "11", "15"),
                one(
                        Setting.BCRYPT,
                        config -> config.bcrypt().name().toLowerCase(Locale.ROOT),
                        "fastest",
                        "library",
                        "fastest",
                        "library"),
                one(Setting.MAX_BODY, ServerConfig::maxBody, "16384", "256", "1048576", "300"),
                one(Setting.REQUEST_TIMEOUT, ServerConfig::requestTimeout, "PT10S", "1s", "60s", "1m"),
                one(Setting.PASSWORD_MINIMUM, config -> config.passwords().minimum(), "8", "9", "64", "15"));
    }

    private static Arguments one(
            Setting setting, Function<ServerConfig, ?> read, String otherwise, String file, String env, String flag) {
        return Arguments.of(setting, read.andThen(String::valueOf), otherwise, file, env, flag);
    }

    private static Function<ServerConfig, ?> database(Function<DatabaseConfig, ?> read) {
        return config -> read.apply(config.database());
    }

    private static Function<ServerConfig, ?> setting(String name) {
        return config -> config.dialectSettings().getOrDefault(name, "none");
    }

    @ParameterizedTest
    @MethodSource("settings")
    void a_flag_wins_over_the_environment_that_over_the_file_and_that_over_the_default(
            Setting setting,
            Function<ServerConfig, String> read,
            String otherwise,
            String file,
            String env,
            String flag)
            throws Exception {
        Path written = file(setting.key() + ": " + (setting.isText() ? "\"" + file + "\"" : file) + "\n");
        Map<String, String> environment = Map.of(setting.variable(), env);
        assertThat(read.apply(load(Map.of(), Map.of(), null))).isEqualTo(otherwise);
        assertThat(read.apply(load(Map.of(), Map.of(), written))).isEqualTo(env(file, setting));
        assertThat(read.apply(load(Map.of(), environment, written))).isEqualTo(env(env, setting));
        assertThat(read.apply(load(Map.of(setting, flag), environment, written)))
                .isEqualTo(env(flag, setting));
    }

    /** What is read, where it is not what is written. */
    private static String env(String value, Setting setting) {
        return switch (setting) {
            case DIALECTS -> value.startsWith("[") ? value : "[" + value + "]";
            case DATABASE -> "Optional[" + DatabaseUrl.of(value).orElseThrow().place() + "]";
            case DATABASE_POOL_WAIT, DATABASE_STATEMENT_TIMEOUT, DATABASE_CONNECT_TIMEOUT, REQUEST_TIMEOUT ->
                Durations.parse(value).orElseThrow().toString();
            default -> value;
        };
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void every_setting_has_a_value_that_is_refused_with_what_would_be_right(Setting setting) throws Exception {
        Path written = file("\n" + setting.key() + ": {a: b}\n");
        assertThatThrownBy(() -> load(Map.of(), Map.of(), written))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(written + ":2 /" + setting.key())
                .hasMessageContaining("; ");
    }

    @Test
    void every_problem_is_told_at_once_wherever_it_is() throws Exception {
        Path written = file("port: 65536\nbcrypt_cost: 9\nprot: 1\nquery_tokens: perhaps\n");
        assertThatThrownBy(() -> load(
                        Map.of(Setting.PASSWORD_MINIMUM, "7"),
                        Map.of("AUTH_MAX_BODY", "much", "AUTH_HOTS", "x", "AUTH_ZZZZZZZZZZZZ", "y"),
                        written))
                .hasMessageContaining(written + ":1 /port: port is 65536; a number from 0 to 65535")
                .hasMessageContaining(written + ":2 /bcrypt_cost: bcrypt_cost is 9; a number from 10 to 15")
                .hasMessageContaining(written + ":3 /prot: unknown key prot; did you mean port?")
                .hasMessageContaining(written + ":4 /query_tokens: query_tokens is perhaps; true or false")
                .hasMessageContaining("--password-minimum: password_minimum is 7; a number from 8 to 64")
                .hasMessageContaining("AUTH_MAX_BODY: max_body is much; a number from 256 to 1048576")
                .hasMessageContaining("unknown variable AUTH_HOTS; did you mean AUTH_HOST?")
                .hasMessageContaining("unknown variable AUTH_ZZZZZZZZZZZZ; there are AUTH_HOST, ")
                .message()
                .hasLineCount(8);
    }

    @Test
    void an_empty_claim_is_no_value() {
        for (Setting claim : List.of(Setting.ISSUER, Setting.AUDIENCE)) {
            assertThatThrownBy(() -> load(Map.of(), Map.of(claim.variable(), ""), null))
                    .hasMessage(claim.variable() + ": " + claim.key() + " is empty; its value, or leave it out");
        }
    }

    @Test
    void a_flag_that_is_no_YAML_is_told_without_a_line() {
        assertThatThrownBy(() -> load(Map.of(Setting.PORT, "[1"), Map.of("AUTH_MAX_BODY", "{"), null))
                .message()
                .hasLineCount(2)
                .contains("--port: this is not YAML", "AUTH_MAX_BODY: this is not YAML")
                .doesNotContain("--port:1", "AUTH_MAX_BODY:1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "61s", "1500ms", "500ms", "2", "soon", "-1s", "1h"})
    void a_time_out_is_whole_seconds_up_to_a_minute(String time) {
        assertThatThrownBy(() -> load(Map.of(Setting.DATABASE_POOL_WAIT, time), Map.of(), null))
                .hasMessage("--database-pool-wait: database_pool_wait is " + time + "; whole seconds from 1s to 60s");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:oracle:thin:@//127.0.0.1/x?password=sesame-open",
                "postgresql://user:sesame-open@127.0.0.1/x",
                "jdbc:postgresql://user:sesame-open@127.0.0.1/x",
                "jdbc:postgresql://127.0.0.1/x&password=sesame-open",
                "jdbc:postgresql://127.0.0.1/x;password=sesame-open",
                "jdbc:postgresql://127.0.0.1/x password=sesame-open"
            })
    void an_address_of_another_form_is_refused_without_quoting_it(String address) {
        assertThatThrownBy(() -> load(Map.of(), Map.of("AUTH_DATABASE", address), null))
                .hasMessage("AUTH_DATABASE: the address is not for a supported database;"
                        + " jdbc:postgresql://HOST:PORT/NAME or jdbc:sqlite:FILE, settings after a ?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":memory:",
                ":memory:?cache_size=1",
                "?cache_size=1",
                "file:a.db",
                "file::memory:",
                ":resource:a",
                "/a\0b"
            })
    void sqlite_without_a_file_is_refused(String place) {
        assertThatThrownBy(() -> load(Map.of(), Map.of("AUTH_DATABASE", "jdbc:sqlite:" + place), null))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        "AUTH_DATABASE: the database must be a file, not in memory and not an address that begins with"
                                + " file:; jdbc:sqlite:FILE with the path of a file");
    }

    @Test
    void the_database_s_user_and_password_come_by_variables_and_show_nowhere() throws Exception {
        ServerConfig config = load(
                Map.of(Setting.DATABASE, "jdbc:postgresql://h/n?password=sesame-url"),
                Map.of("AUTH_DATABASE_USER", "null", "AUTH_DATABASE_PASSWORD", "sesame-variable"),
                null);
        assertThat(config.database().user()).contains("null");
        assertThat(config.database().password().orElseThrow().revealForConnection())
                .isEqualTo("sesame-variable");
        assertThat(config.database().url().orElseThrow().place()).isEqualTo("h/n");
        assertThat(config.toString()).doesNotContain("sesame");
    }

    @Test
    void a_password_is_given_once_and_to_a_server() throws Exception {
        Map<Setting, String> server = Map.of(Setting.DATABASE, "jdbc:postgresql://h/n");
        assertThatThrownBy(() -> load(server, Map.of("AUTH_DATABASE_PASSWORD", ""), null))
                .hasMessageContaining("AUTH_DATABASE_PASSWORD: the variable is empty");
        assertThatThrownBy(() -> load(
                        server,
                        Map.of("AUTH_DATABASE_PASSWORD", "sesame", "AUTH_DATABASE_PASSWORD_FILE", "file"),
                        null))
                .hasMessage("AUTH_DATABASE_PASSWORD_FILE: AUTH_DATABASE_PASSWORD is set, too;"
                        + " give the password in one of the two places");
        assertThatThrownBy(() ->
                        load(Map.of(Setting.DATABASE_USER, "me"), Map.of("AUTH_DATABASE_PASSWORD", "sesame"), null))
                .hasMessageContaining("--database-user: an SQLite file has no users")
                .hasMessageContaining("AUTH_DATABASE_PASSWORD: an SQLite file has no users")
                .hasMessageNotContaining("sesame");
        Path written = file("database: jdbc:postgresql://h/n\ndatabase_password: sesame\n");
        assertThatThrownBy(() -> load(Map.of(), Map.of(), written))
                .hasMessageContaining(":2 /database_password: unknown key database_password")
                .hasMessageContaining("database_password_file")
                .hasMessageNotContaining("sesame");
    }

    @Test
    void variables_of_others_are_left_alone() throws Exception {
        assertThat(load(Map.of(), Map.of("AUTHOR", "me", "PORT", "x"), null).port())
                .isEqualTo(8080);
    }

    @Test
    void the_file_can_be_named_by_a_variable_and_a_flag_wins() throws Exception {
        Path one = file("port: 1\n");
        Path two = Files.writeString(folder.resolve("two.yaml"), "port: 2\n");
        Map<String, String> environment = Map.of("AUTH_CONFIG", one.toString());
        assertThat(load(Map.of(), environment, null).port()).isEqualTo(1);
        assertThat(load(Map.of(), environment, two).port()).isEqualTo(2);
    }

    @Test
    void an_empty_file_is_no_mistake() throws Exception {
        assertThat(load(Map.of(), Map.of(), file("# nothing yet\n")).port()).isEqualTo(8080);
    }

    @Test
    void a_file_that_is_not_there_or_no_YAML_or_no_mapping_is_refused() throws IOException {
        assertRefused(folder.resolve("none.yaml"), "the configuration file cannot be read");
        assertRefused(folder, "the configuration file cannot be read");
        assertRefused(file("a: b: c\n"), "this is not YAML");
        assertRefused(file("port: 1\nport: 2\n"), "port");
        assertRefused(file("[port]\n"), "a mapping of host, port");
    }

    @Test
    void a_variable_can_name_no_path() {
        assertThatThrownBy(() -> load(Map.of(), Map.of("AUTH_CONFIG", "\0", "AUTH_DATA", "\0"), null))
                .hasMessageContaining("the configuration file cannot be read")
                .hasMessageContaining("data is not a path");
    }

    @Test
    void dialects_are_named_with_prefixes_or_described_in_full() throws Exception {
        assertThat(load(Map.of(Setting.DIALECTS, "payop, payop@/old"), Map.of(), null)
                        .dialects())
                .extracting(MountConfig::name, MountConfig::prefix)
                .containsExactly(tuple("payop", ""), tuple("payop", "/old"));
        Path written = file("""
                dialects:
                  - standard
                  - name: payop
                    prefix: /v9
                    settings: {realm: x}
                    signing_key: {file: key, encoding: hex}
                    old_secret: {variable: OLD, accept_short_secret_until: 2030-01-31}
                """);
        MountConfig mount = load(Map.of(), Map.of(), written).dialects().get(1);
        assertThat(mount.prefix()).isEqualTo("/v9");
        assertThat(mount.settings())
                .containsEntry("realm", new MountConfig.Given("x", written + ":5 /dialects/1/settings/realm"));
        assertThat(mount.signingKey().orElseThrow().encoding()).isEqualTo(KeySource.Encoding.HEX);
        assertThat(mount.oldSecret().orElseThrow().shortUntil().orElseThrow()).hasToString("2030-01-31T00:00:00Z");
    }

    @Test
    void every_mistake_in_a_dialect_is_told() throws Exception {
        assertRefused(file("dialects: []\n"), "the list of dialects is empty; leave the setting out");
        Path written = file("""
                dialects:
                  - {name: payop, file: x.yaml, prefx: /a}
                  - name: payop
                    signing_key: {file: a, variable: B, encoding: hax}
                    old_secret: {accept_short_secret_until: soon}
                """);
        assertThatThrownBy(() -> load(Map.of(), Map.of(), written))
                .hasMessageContaining(":2 /dialects/0: a dialect needs either a name or a file; one of name and file")
                .hasMessageContaining("unknown key prefx; did you mean prefix?")
                .hasMessageContaining(":4 /dialects/1/signing_key: signing_key needs either a file or an environment")
                .hasMessageContaining("unknown word hax; did you mean hex?")
                .hasMessageContaining(":5 /dialects/1/old_secret: old_secret needs either a file or an environment")
                .hasMessageContaining("soon; a day such as 2027-06-30, in UTC");
    }

    @Test
    void flags_variables_and_keys_have_one_name() {
        for (Setting setting : Setting.values()) {
            assertThat(setting.flag()).isEqualTo("--" + setting.key().replace('_', '-'));
            assertThat(setting.variable()).isEqualTo("AUTH_" + setting.key().toUpperCase(Locale.ROOT));
        }
    }

    private void assertRefused(Path written, String why) {
        assertThatThrownBy(() -> load(Map.of(), Map.of(), written))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(written.toString())
                .hasMessageContaining(why);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("config.yaml"), text);
    }

    private static ServerConfig load(Map<Setting, String> flags, Map<String, String> environment, Path file)
            throws ConfigException {
        return new ConfigLoader(environment)
                .load(flags, Optional.ofNullable(file).map(Path::toString));
    }
}
