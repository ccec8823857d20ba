package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.server.command.CommandRun;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens that name their user by what another user may have later. */
@Tag("slow")
final class ChangedHandsTest {

    private static final String GOOD = "a password nobody else has";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "email, false, sqlite",
        "email, true, sqlite",
        "username, false, sqlite",
        "username, true, sqlite",
        "email, false, postgresql",
        "username, true, postgresql"
    })
    void a_token_ends_with_the_name_of_its_user_and_is_not_the_next_ones(
            String field, boolean credential, String vendor) throws Exception {
        String where = where(vendor);
        try (RunningServer server = start(field, credential, where)) {
            String first = registered(server);
            assertThat(me(server, first).statusCode()).isEqualTo(200);
            HttpResponse<String> changed = server.requests()
                    .put(
                            "/api/user",
                            "Token " + first,
                            "{\"user\":{\"email\":\"own@example.com\",\"username\":\"own\"}}");
            assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
            assertThat(me(server, first).statusCode()).isEqualTo(401);
            assertThat(me(server, Requests.text(changed, "/user/token")).body()).contains("own@example.com");

            endOfSecond(credential);
            String second = registered(server);
            assertThat(me(server, first).statusCode()).isEqualTo(401);
            assertThat(me(server, second).statusCode()).isEqualTo(200);

            delete("ada", where);
            assertThat(me(server, second).statusCode()).isEqualTo(401);
            endOfSecond(credential);
            String third = registered(server);
            assertThat(me(server, first).statusCode()).isEqualTo(401);
            assertThat(me(server, second).statusCode()).isEqualTo(401);
            assertThat(me(server, third).statusCode()).isEqualTo(200);
        }
        try (RunningServer server = start(field, credential, where)) {
            delete("ada", where);
            String fourth = registered(server);
            assertThat(me(server, fourth).statusCode()).isEqualTo(200);
        }
    }

    private static String registered(RunningServer server) {
        HttpResponse<String> answer = server.requests().register("", "ada@example.com", "ada", GOOD);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Requests.text(answer, "/user/token");
    }

    /** What happens in one second has an order only if the credential is in the token. */
    private static void endOfSecond(boolean credential) throws InterruptedException {
        if (!credential) {
            Thread.sleep(1001 - System.currentTimeMillis() % 1000);
        }
    }

    private static HttpResponse<String> me(RunningServer server, String token) {
        return server.requests().get("/api/user", "Token " + token);
    }

    private void delete(String name, String where) {
        CommandRun run = CommandRun.of("user", "delete", name, where, "--data=" + folder);
        assertThat(run.code()).as(run.err()).isZero();
    }

    private RunningServer start(String field, boolean credential, String where) throws Exception {
        String slot = "\"${user." + field + "}\"";
        String dialect = CommandRun.of("dialect", "show", "realworld")
                .out()
                .replace("\"${user.uuid}\"", slot + (credential ? "\n    ver: \"${token.credential}\"" : ""));
        assertThat(dialect).contains("sub: " + slot);
        Path file = Files.writeString(folder.resolve("mine.yaml"), dialect);
        Path config = Files.writeString(folder.resolve("config.yaml"), "dialects: [{file: '" + file + "'}]\n");
        return RunningServer.start(folder, List.of("--config=" + config, where).toArray(String[]::new));
    }

    private String where(String vendor) {
        return "--database="
                + (vendor.equals("postgresql") ? Postgres.freshDatabase() : "jdbc:sqlite:" + folder.resolve("auth.db"));
    }
}
