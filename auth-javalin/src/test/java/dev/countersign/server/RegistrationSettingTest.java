package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may register: what a dialect's file says, unless the server or the mount is told otherwise. */
@Tag("slow")
class RegistrationSettingTest {

    private static final String NEW = "{\"email\":\"ada@example.com\",\"password\":\"a password nobody else has\"}";

    @TempDir
    private Path data;

    @ParameterizedTest
    @CsvSource({", 404, 201", "--registration=true, 201, 201", "--registration=false, 404, 404", "--demo, 409, 201"})
    void registration_is_as_the_file_says_unless_configured(String flag, int standard, int realworld) throws Exception {
        String[] flags = flag == null
                ? new String[] {"--dialects=standard,realworld@/rw"}
                : new String[] {"--dialects=standard,realworld@/rw", flag};
        try (RunningServer server = RunningServer.start(data, flags)) {
            assertThat(server.requests().post("/auth/register", NEW).statusCode())
                    .isEqualTo(standard);
            assertThat(server.requests()
                            .register("/rw", "bob@example.com", "bob", "a password nobody else has")
                            .statusCode())
                    .isEqualTo(realworld);
            assertThat(server.announced().contains("POST /auth/register")).isEqualTo(standard != 404);
        }
    }

    @Test
    void a_mount_has_a_setting_of_its_own() throws Exception {
        Path config = Files.writeString(data.resolve("auth.yaml"), """
                registration: true
                dialects:
                  - name: standard
                    registration: false
                  - name: standard
                    prefix: /open
                """);
        try (RunningServer server = RunningServer.start(data, "--config=" + config)) {
            assertThat(server.requests().post("/auth/register", NEW).statusCode())
                    .isEqualTo(404);
            assertThat(server.requests().post("/open/auth/register", NEW).statusCode())
                    .isEqualTo(201);
        }
    }
}
