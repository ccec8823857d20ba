package dev.countersign.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.server.RunningServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The clients that Supabase, Directus and PocketBase publish, unchanged, against dialect files: they log in, refresh by themselves, and
 * log out, after which the server refuses their tokens. The checks are in {@code src/test/clients}. The clients run at the same time,
 * because they mostly wait.
 */
@Tag("slow")
class OfficialClientsTest {

    private static final Path DIALECTS =
            Path.of("src", "test", "resources", "dialects").toAbsolutePath();
    private static final Pattern PASSED = Pattern.compile("(?m)^# pass ([0-9]+)$");
    private static final int SECONDS = 120;

    @TempDir
    private static Path folder;

    private static final Map<String, Run> RUNS = new LinkedHashMap<>();
    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        NodeClients clients = NodeClients.installed();
        String dialects = "dialects:\n" + mounts("/brief", "3s") + mounts("/lasting", "15m");
        Path config = Files.writeString(folder.resolve("auth.yaml"), dialects);
        server = RunningServer.start(folder.resolve("data"), "--config=" + config);
        for (String client : new String[] {"supabase", "directus", "pocketbase"}) {
            RUNS.put(client, clients.start(client + ".test.mjs", server.address()));
        }
    }

    /** The dialects below a prefix, with access tokens that last so long. */
    private static String mounts(String prefix, String lifetime) {
        return """
                  - file: DIALECTS/supabase.yaml
                    prefix: PREFIX
                    settings: {access_token_lifetime: LIFETIME, reuse_interval: 2s}
                  - file: DIALECTS/directus.yaml
                    prefix: PREFIX
                    settings: {access_token_lifetime: LIFETIME, grace: 2s}
                  - file: DIALECTS/directus-cookie.yaml
                    prefix: PREFIX/cookie
                    settings: {access_token_lifetime: LIFETIME, grace: 2s}
                  - file: DIALECTS/directus-session.yaml
                    prefix: PREFIX/session
                    settings: {access_token_lifetime: LIFETIME}
                  - file: DIALECTS/pocketbase.yaml
                    prefix: PREFIX
                    settings: {token_lifetime: LIFETIME}
                  - file: DIALECTS/pocketbase.yaml
                    prefix: PREFIX/admin
                    settings: {collection: _superusers, collection_id: pbc_3142635823, token_lifetime: LIFETIME}
                """.replace("DIALECTS", DIALECTS.toString())
                .replace("PREFIX", prefix)
                .replace("LIFETIME", lifetime);
    }

    @AfterAll
    static void stop() {
        RUNS.values().forEach(Run::kill);
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"supabase, 15", "directus, 14", "pocketbase, 8"})
    void a_client_logs_in_refreshes_by_itself_and_logs_out(String client, int tests) throws Exception {
        Run run = RUNS.get(client).end(SECONDS);
        assertThat(run.code()).as(run.output()).isZero();
        Matcher passed = PASSED.matcher(run.output());
        assertThat(passed.find()).as(run.output()).isTrue();
        assertThat(Integer.parseInt(passed.group(1))).isGreaterThanOrEqualTo(tests);
    }
}
