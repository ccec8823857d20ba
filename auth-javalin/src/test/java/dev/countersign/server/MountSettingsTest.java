package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.base.Splitter;
import com.google.common.io.BaseEncoding;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.server.config.ConfigException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings that a server gives its dialects: those that the dialect's file declares, each one text. */
@Tag("slow")
final class MountSettingsTest {

    @TempDir
    private Path folder;

    private Path config(String text) throws IOException {
        return Files.writeString(folder.resolve("auth.yaml"), text);
    }

    private void assertRefused(String dialects, String... messages) throws IOException {
        Path file = config("dialects:\n" + dialects);
        for (String message : messages) {
            assertThatThrownBy(() -> start("--config=" + file).close())
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining(message.replace("FILE", file.toString()));
        }
    }

    private RunningServer start(String... flags) throws ConfigException {
        return RunningServer.start(folder.resolve("data"), flags);
    }

    @Test
    void an_unknown_setting_is_refused_with_the_nearest_one_and_its_place() throws IOException {
        assertRefused(
                "  - name: standard\n    settings:\n      isuer: https://a.example\n      audience: me\n",
                "FILE:4 /dialects/0/settings/isuer: unknown setting isuer; did you mean issuer?");
        assertRefused(
                "  - {name: standard, settings: {colour: red}}\n",
                "FILE:2 /dialects/0/settings/colour: unknown setting colour; there are issuer, audience, realm, problems");
    }

    @Test
    void a_dialect_without_settings_takes_none() throws IOException {
        assertRefused(
                "  - {name: payop, settings: {issuer: x, audience: y}}\n",
                "/dialects/0/settings/issuer: unknown setting issuer; the dialect has no settings: leave it out",
                "/dialects/0/settings/audience: unknown setting audience");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[a, b] | audience is a list; a text, a number, true or false",
                "{a: b} | audience is a mapping; a text",
                "null   | audience is null; a text",
                "       | audience is null; a text"
            })
    void a_setting_is_one_text(String value, String problem) throws IOException {
        assertRefused(
                "  - name: standard\n    settings:\n      audience: " + (value == null ? "" : value) + "\n",
                "FILE:4 /dialects/0/settings/audience: " + problem);
    }

    @Test
    void a_setting_of_all_dialects_is_one_text_too() throws IOException {
        Path file = config("audience: [a, b]\n");
        assertThatThrownBy(() -> start("--config=" + file).close())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(file + ":1 /audience: audience is [a, b]; a text");
    }

    @Test
    void issuer_and_audience_reach_the_dialects_that_have_them() throws Exception {
        Path file = config("dialects:\n  - payop\n  - {name: standard, settings: {audience: 7}}\n");
        try (RunningServer server =
                start("--config=" + file, "--issuer=https://a.example", "--audience=ignored", "--demo=")) {
            String token = Requests.text(
                    server.requests()
                            .post("/auth/login", "{\"identifier\":\"ada\",\"password\":\"correct horse battery\"}"),
                    "/access_token");
            String claims = new String(
                    BaseEncoding.base64Url()
                            .omitPadding()
                            .decode(Splitter.on('.').splitToList(token).get(1)),
                    StandardCharsets.UTF_8);
            assertThat(claims).contains("\"iss\":\"https://a.example\"", "\"aud\":\"7\"");
        }
    }

    @Test
    void an_issuer_that_no_mounted_dialect_has_is_refused() {
        assertThatThrownBy(() -> start("--dialects=payop,analogue", "--issuer=https://a.example")
                        .close())
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        "issuer is given, and none of the mounted dialects has such a setting (payop, analogue); leave it out,"
                                + " or mount a dialect that declares it under settings");
        assertThatThrownBy(() -> start("--dialects=payop", "--audience=me").close())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("audience is given, and none of the mounted dialects has such a setting (payop)");
    }

    @Test
    void settings_of_a_file_of_ones_own_are_those_it_declares() throws Exception {
        Path own = Files.writeString(
                folder.resolve("own.yaml"),
                ShippedDialects.text("payop").replace("dialect: payop", "dialect: own\nsettings: {issuer: a}"));
        Path file = config("issuer: b\ndialects:\n  - {file: " + own + ", settings: {isser: c}}\n");
        assertThatThrownBy(() -> start("--config=" + file).close())
                .hasMessageContaining("unknown setting isser; did you mean issuer?");
        Path right = config("issuer: b\ndialects:\n  - {file: " + own + "}\n");
        start("--config=" + right).close();
    }

    @Test
    void an_embedders_settings_are_those_of_the_file() {
        assertThatThrownBy(() -> ShippedDialects.dialect("standard", Map.of("isuer", "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("standard.yaml:6 /settings: there is no setting isuer; did you mean issuer?");
        assertThatThrownBy(() -> ShippedDialects.dialect("payop", Map.of("issuer", "x")))
                .hasMessageContaining("there is no setting issuer; the dialect has no settings: leave it out");
        List.of("issuer", "audience", "realm", "problems")
                .forEach(name -> assertThat(ShippedDialects.dialect("standard", Map.of(name, "x")))
                        .isNotNull());
    }
}
