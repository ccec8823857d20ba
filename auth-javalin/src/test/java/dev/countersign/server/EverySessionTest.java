package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.Reason;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.javalin.WireClient;
import dev.countersign.password.RawPassword;
import dev.countersign.server.command.CommandRun;
import dev.countersign.server.config.ConfigLoader;
import dev.countersign.server.config.Setting;
import dev.countersign.token.Revocation;
import dev.countersign.usecase.Registration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every shipped dialect, on the real server: log in, use, end by an operator's command, refused; also after a restart and a new password. */
@Tag("slow")
class EverySessionTest {

    private static final String GOOD = "a password nobody else has";
    private static final String NEW = "another that nobody else has";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path data;

    static Stream<String> dialects() {
        return ShippedDialects.names().stream();
    }

    @BeforeEach
    void addUser() throws Exception {
        Map<Setting, String> flags = Map.of(Setting.DATA, data.toString(), Setting.BCRYPT_COST, "10");
        try (Users users = Users.open(new ConfigLoader(Map.of()).load(flags, Optional.empty()));
                RawPassword password = RawPassword.of(GOOD)) {
            users.register(Registration.builder(password)
                    .email("ada@example.com")
                    .username("ada")
                    .build());
        }
    }

    private RunningServer start(String dialect) throws Exception {
        return RunningServer.start(data, "--dialects=" + dialect);
    }

    private static WireClient client(String dialect, RunningServer server) {
        return new WireClient(
                ShippedDialects.dialect(dialect), server.requests().address());
    }

    private CommandRun command(String input, String... words) {
        return CommandRun.withInput(
                input,
                Stream.concat(Stream.of(words), Stream.of("--data=" + data)).toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void a_token_works_until_its_session_is_ended_and_never_after_a_restart(String dialect) throws Exception {
        String token;
        try (RunningServer server = start(dialect)) {
            WireClient client = client(dialect, server);
            token = client.logIn("ada@example.com", "ada", GOOD);
            assertThat(client.me(token).statusCode()).isEqualTo(200);
            assertThat(command("", "session", "list", "ada").out()).contains(dialect);

            CommandRun ended = command("", "session", "end", "ada@example.com");

            assertThat(ended.code()).as(ended.err()).isZero();
            awaitRefused(client, token);
            assertThat(command("", "session", "list", "ada").out().lines()).hasSize(1);
            assertThat(client.me(client.logIn("ada@example.com", "ada", GOOD)).statusCode())
                    .isEqualTo(200);
        }
        try (RunningServer again = start(dialect)) {
            assertRefused(client(dialect, again), token);
        }
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void a_new_password_does_to_old_tokens_what_the_file_says(String dialect) throws Exception {
        String token;
        boolean outlives =
                ShippedDialects.dialect(dialect).token().revocation() == Revocation.NONE_TOKENS_OUTLIVE_PASSWORD_CHANGE;
        try (RunningServer server = start(dialect)) {
            WireClient client = client(dialect, server);
            token = client.logIn("ada@example.com", "ada", GOOD);
            assertThat(client.me(token).statusCode()).isEqualTo(200);

            CommandRun changed = command(NEW + "\n", "user", "set-password", "ada");

            assertThat(changed.code()).as(changed.err()).isZero();
            if (!outlives) {
                awaitRefused(client, token);
            }
            assertThat(client.me(client.logIn("ada@example.com", "ada", NEW)).statusCode())
                    .isEqualTo(200);
        }
        try (RunningServer again = start(dialect)) {
            if (outlives) {
                assertThat(client(dialect, again).me(token).statusCode()).isEqualTo(200);
            } else {
                assertRefused(client(dialect, again), token);
            }
        }
    }

    private static void awaitRefused(WireClient client, String token) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (client.me(token).statusCode() == 200) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.sleep(10);
        }
        assertRefused(client, token);
    }

    private static void assertRefused(WireClient client, String token) throws Exception {
        Dialect dialect = client.dialect();
        int expected = dialect.errors().answer(Reason.REVOKED_TOKEN).template().status();
        assertThat(client.me(token).statusCode()).isEqualTo(expected);
    }
}
