package dev.countersign.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The search for secrets after the tests finds what is planted. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class SecretSearchTest {

    private static final String PASSWORD = "purple monkey dishwasher";

    @TempDir
    private Path root;

    private record Search(int code, String printed) {}

    @BeforeEach
    void a_clean_run() throws IOException {
        write("m/target/surefire-reports/a.txt", "Tests run: 1\n");
        write("m/target/secrets/used.txt", PASSWORD + "\n\n");
        write("m/target/secrets/output/tables-1.txt", "auth_users id=1 email=ada@example.com\n");
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private Search search() throws Exception {
        Process search = new ProcessBuilder(
                        "sh", Pages.path("scripts/check-no-secrets.sh").toString(), root.toString())
                .redirectErrorStream(true)
                .start();
        String printed = new String(search.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(search.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Search(search.exitValue(), printed);
    }

    @Test
    void a_run_that_left_no_secret_passes() throws Exception {
        assertThat(search()).isEqualTo(new Search(0, "none of 1 used secrets in 2 lines\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "m/target/surefire-reports/a-output.txt",
                "m/target/surefire-reports/TEST-a.xml",
                "m/target/secrets/output/log-1.txt",
                "m/target/secrets/output/tables-1.txt"
            })
    void a_used_secret_is_found_in_what_tests_print_in_logs_and_in_tables(String file) throws Exception {
        write(file, "a line\nclient=" + PASSWORD + " mount=standard\n");
        Search search = search();
        assertThat(search.code()).isEqualTo(1);
        assertThat(search.printed()).contains("secrets that they used");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$2b$12$012345678901234567890123456789012345678901234567890ab",
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.01234567890123456789012",
                "SENTINEL-of-a-password"
            })
    void what_has_the_form_of_a_secret_is_found_even_if_nobody_noted_it(String secret) throws Exception {
        write("m/target/secrets/output/log-1.txt", "password=" + secret);
        assertThat(search().code()).isEqualTo(1);
    }

    @Test
    void without_reports_there_is_nothing_to_search() throws Exception {
        Files.delete(root.resolve("m/target/surefire-reports/a.txt"));
        Files.delete(root.resolve("m/target/surefire-reports"));
        assertThat(search().code()).isEqualTo(2);
    }
}
