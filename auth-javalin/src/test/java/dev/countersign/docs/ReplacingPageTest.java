package dev.countersign.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.SignedJWT;
import dev.countersign.server.ChildServer;
import dev.countersign.server.OldTokens;
import dev.countersign.server.Postgres;
import dev.countersign.server.Requests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

/** docs/replacing-a-server.md, played as it stands: its statement, its commands, its configuration, its file, its requests. */
@Tag("slow")
class ReplacingPageTest {

    private static final Path OLD_TABLE = Path.of("src/test/resources/dev/countersign/server/transfer/devise.sql");
    private static final String PASSWORD = "correct horse ß🐎";
    // Of "another horse ß🐎", by Ruby's bcrypt 3.1.18, which Devise calls.
    private static final String OTHER_HASH = "$2a$12$ayFemDMdq3meTNdOtifXvOrHBs4bSsNLSlsWU8QhVWmixlpvqMwZi";

    private final LocalDate end = LocalDate.now(ZoneOffset.UTC).plusDays(200);

    @TempDir
    Path folder;

    private final String page = Pages.text("docs/replacing-a-server.md");
    private final OldTokens old = OldTokens.ofDevise();
    private String oldDatabase = "";

    @BeforeEach
    void setUp() throws Exception {
        oldDatabase = Postgres.freshDatabase();
        onOldServer(Files.readString(OLD_TABLE));
        // What the page calls java -jar auth-server.jar.
        Path program = folder.resolve("auth-server");
        Files.writeString(
                program,
                "#!/bin/sh\nexec '" + Path.of(System.getProperty("java.home"), "bin", "java")
                        + "' --enable-native-access=ALL-UNNAMED -XX:TieredStopAtLevel=1 -cp '"
                        + System.getProperty("java.class.path")
                        + "' dev.countersign.server.command.AuthCommand \"$@\"\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
    }

    @Test
    @Timeout(600)
    void a_devise_application_is_taken_over_and_each_old_token_reaches_its_own_user_or_nobody() throws Exception {
        Files.writeString(
                folder.resolve("takeover.yaml"),
                fenced("`takeover.yaml`:", "yaml").replace("port: 9090", "port: 0"));
        export();
        assertThat(folder.resolve("users.csv")).hasContent(fenced("`users.csv`:", "csv"));
        String[] first = commands("auth-server db migrate --config").split("\n");
        assertThat(first).hasSize(3);
        assertThat(shell(first[0])).contains("made the database");
        assertThat(shell(first[1])).contains("would be added 3, updated 0, already there 0, rejected 0");
        assertThat(keys()).contains("verifies\t-\t" + end + "T00:00:00Z\tshop");
        try (ChildServer early = server()) {
            assertThat(early.errors())
                    .contains("smarterselect has a key of the old system shop, but none of the first thousand users");
        }
        assertThat(shell(first[2])).contains("added 3, updated 0, already there 0, rejected 0");
        assertThat(shell(commands("auth-server db check")))
                .doesNotContain("problem")
                .contains(
                        "1\tno password",
                        "2\t",
                        "2\tada@example.com",
                        "3\tlong@example.com",
                        "7\tby-google@example.com");

        onOldServer(
                "INSERT INTO users (id, email, created_at, updated_at) VALUES (9, 'late@example.com', now(), now())");
        try (ChildServer server = server()) {
            assertThat(server.errors()).isEmpty();
            assertThat(shell(curl(server, old.of(2))))
                    .startsWith("HTTP/1.1 200")
                    .contains("\"ada@example.com\"");
            assertThat(shell(curl(server, old.of(3))))
                    .startsWith("HTTP/1.1 200")
                    .contains("\"long@example.com\"");
            assertThat(shell(curl(server, old.of(7))))
                    .startsWith("HTTP/1.1 200")
                    .contains("\"by-google@example.com\"");
            for (int nobody : new int[] {1, 4, 9, 1_000_000}) {
                assertThat(shell(curl(server, old.of(nobody))))
                        .as("sub %s", nobody)
                        .startsWith("HTTP/1.1 401");
            }
            assertThat(shell("echo 'a password nobody else has' |"
                            + " auth-server user add --email new@example.com --config takeover.yaml"))
                    .startsWith("added user 1000000 ");
            assertThat(shell(curl(server, old.of(1_000_000)))).startsWith("HTTP/1.1 401");
        }

        onOldServer("UPDATE users SET encrypted_password = '" + OTHER_HASH + "' WHERE id = 3");
        onOldServer("UPDATE users SET email = 'lovelace@example.com' WHERE id = 2");
        export();
        assertThat(shell(commands("auth-server user import users.csv --config takeover.yaml --system shop"
                        + " --bcrypt-cut --update")))
                .contains("added 1, updated 3, already there 0, rejected 0");
        try (ChildServer server = server()) {
            assertThat(shell(curl(server, old.of(2))))
                    .startsWith("HTTP/1.1 200")
                    .contains("lovelace@example.com");
            assertThat(shell(curl(server, old.of(9))))
                    .startsWith("HTTP/1.1 200")
                    .contains("late@example.com");
            assertThat(shell(curl(server, old.of(3)))).startsWith("HTTP/1.1 401");
            assertThat(login(server, "long@example.com", "another horse ß🐎").statusCode())
                    .isEqualTo(200);
            HttpResponse<String> login = login(server, "lovelace@example.com", PASSWORD);
            String own = Requests.text(login, "/meta/token");
            assertThat(login.statusCode()).isEqualTo(200);
            assertThat(SignedJWT.parse(own).verify(new MACVerifier(old.secret())))
                    .isFalse();
            assertThat(shell(curl(server, own))).startsWith("HTTP/1.1 200");
            // A login replaces the hash and changes no password.
            assertThat(shell(curl(server, old.of(2)))).startsWith("HTTP/1.1 200");
        }

        Files.writeString(folder.resolve("takeover.yaml"), "port: 0\ndata: takeover\ndialects: [smarterselect]\n");
        try (ChildServer server = server()) {
            assertThat(shell(curl(server, old.of(2)))).startsWith("HTTP/1.1 200");
            assertThat(shell(commands("KEY=")))
                    .contains("tokens of the old system that it verifies are refused from now on");
            // Within two seconds, without a restart; the machine may be slow.
            for (int i = 0; i < 50 && !shell(curl(server, old.of(2))).startsWith("HTTP/1.1 401"); i++) {
                Thread.sleep(200);
            }
            assertThat(shell(curl(server, old.of(2)))).startsWith("HTTP/1.1 401");
            assertThat(shell("echo 'a password nobody else has' |"
                            + " auth-server user add --email newer@example.com --config takeover.yaml"))
                    .startsWith("added user 1000001 ");
        }
    }

    /** What psql does with the statement of the page. */
    private void export() throws Exception {
        Matcher copy =
                Pattern.compile("\"\\\\copy (.*) TO 'users\\.csv' CSV HEADER\"").matcher(page);
        assertThat(copy.find()).isTrue();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (Connection connection = DriverManager.getConnection(oldDatabase)) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("COPY " + copy.group(1) + " TO STDOUT CSV HEADER", file);
        }
        Files.write(folder.resolve("users.csv"), file.toByteArray());
    }

    private void onOldServer(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(oldDatabase);
                Statement statement = connection.createStatement()) {
            statement.execute("SET TIME ZONE 'UTC'");
            statement.execute(sql);
        }
    }

    /** The server as the page starts it, in the folder of its file. */
    private ChildServer server() throws Exception {
        assertThat(commands("printenv")).endsWith("\nauth-server --config takeover.yaml");
        return ChildServer.command(
                        Map.of(), "--config", folder.resolve("takeover.yaml").toString())
                .ready();
    }

    /** Adds the key as the page does, until a day to come; the list of keys. */
    private String keys() throws Exception {
        String[] lines = commands("printenv").split("\n");
        assertThat(lines).hasSize(3);
        return shell(lines[0].replaceFirst("--until \\S+", "--until " + end)) + shell(lines[1]);
    }

    private String curl(ChildServer server, String token) {
        String line = commands("curl -i");
        assertThat(line).contains("http://127.0.0.1:9090").hasLineCount(1);
        return line.replace("http://127.0.0.1:9090", server.address()).replace("$OLD_TOKEN", token);
    }

    private static HttpResponse<String> login(ChildServer server, String email, String password) {
        return new Requests(server.address())
                .post("/api/v1/login", "{\"user\":{\"email\":\"" + email + "\",\"password\":\"" + password + "\"}}");
    }

    /** What a fenced block has that follows those words. */
    private String fenced(String words, String language) {
        Matcher block = Pattern.compile(Pattern.quote(words) + "\\n\\n```" + language + "\\n(.*?)```", Pattern.DOTALL)
                .matcher(page);
        assertThat(block.find()).as(words).isTrue();
        return block.group(1);
    }

    /** The shell block of the page that begins with those words. */
    private String commands(String words) {
        Matcher block = Pattern.compile("```sh\\n *(" + Pattern.quote(words) + ".*?)\\n *```", Pattern.DOTALL)
                .matcher(page);
        assertThat(block.find()).as(words).isTrue();
        return block.group(1);
    }

    /** Runs lines in the folder by the real shell; what they print. */
    private String shell(String lines) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("sh", "-e", "-c", lines));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(folder.resolve("errors").toFile());
        builder.environment().merge("PATH", folder.toString(), (path, own) -> own + ":" + path);
        builder.environment().keySet().removeIf(name -> name.startsWith("AUTH_"));
        builder.environment().put("DEVISE_JWT_SECRET_KEY", old.secret());
        Process shell = builder.start();
        String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor())
                .as("%s: %s", lines, Files.readString(folder.resolve("errors")))
                .isZero();
        return printed;
    }
}
