package dev.countersign.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.json.text.JsonText;
import dev.countersign.server.RunningServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The dashboard, the alerts and the page name metrics that a server has, and the page names all of ours. */
class MonitoringTest {

    private static final Path PAGE = Path.of("../docs/operating.md");
    private static final Path DASHBOARD = Path.of("../packaging/grafana-dashboard.json");
    private static final Path ALERTS = Path.of("../packaging/prometheus-alerts.yml");
    private static final Pattern METRIC = Pattern.compile("\\b(?:countersign|hikaricp|jvm)_[a-z_]+");
    private static final Pattern OURS = Pattern.compile("(?m)^(countersign_[a-z_]+)");

    @TempDir
    private Path folder;

    private static Set<String> found(Pattern pattern, String text) {
        Set<String> names = new TreeSet<>();
        for (Matcher matcher = pattern.matcher(text); matcher.find(); ) {
            names.add(matcher.group());
        }
        return names;
    }

    private String measured() throws Exception {
        try (RunningServer server =
                RunningServer.start(folder.resolve("data"), "--demo=", "--dialects=standard", "--management-port=0")) {
            Matcher line = Pattern.compile("(?m)^Management on (.*)$").matcher(server.announced());
            assertThat(line.find()).isTrue();
            URI metrics = URI.create(line.group(1) + "/metrics");
            long end = System.nanoTime() + 20_000_000_000L;
            String text;
            do {
                // The stored hashes are counted in the background.
                text = HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                        .body();
            } while (!text.contains("countersign_stored_hashes{") && System.nanoTime() < end);
            return text;
        }
    }

    @Test
    void every_metric_that_is_named_exists_and_the_page_names_all_of_ours() throws Exception {
        String text = measured();
        String page = Files.readString(PAGE);
        Set<String> known = found(METRIC, text);

        assertThat(known).containsAll(found(METRIC, Files.readString(DASHBOARD)));
        assertThat(known).containsAll(found(METRIC, Files.readString(ALERTS)));
        assertThat(found(METRIC, page))
                .allSatisfy(name -> assertThat(known).anyMatch(metric -> metric.startsWith(name)));
        assertThat(found(METRIC, page)).containsAll(found(OURS, text));
    }

    @Test
    void the_files_are_well_formed() throws Exception {
        assertThat(JsonText.read(Files.readString(DASHBOARD)).toString()).contains("Logins per second by outcome");
        Object alerts = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(ALERTS));
        assertThat(String.valueOf(alerts)).contains("alert=CountersignDown");
    }

    @Test
    void thresholds_of_the_alerts_and_the_page_agree() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(Files.readString(ALERTS))
                .contains("countersign_hashes_waiting > 2 * countersign_hashes_permits")
                .contains("> 5 * countersign_revocation_delay_seconds");
        assertThat(page).contains("more than two waiting per permit", "five times the limit for 30 s");
    }
}
