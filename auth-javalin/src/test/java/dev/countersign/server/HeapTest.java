package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.Bytes;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server that has answered still has in its heap. */
@Tag("slow")
class HeapTest {

    private static final String PASSED = "zq-unmistakable-77-qz";
    private static final List<Charset> FORMS =
            List.of(StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE);

    @TempDir
    private Path folder;

    @Test
    void no_password_is_kept_after_the_answer() throws Exception {
        try (ChildServer server = ChildServer.start(
                folder.resolve("data"), "--port", "0", "--dialects", "standard,testpress", "--registration", "true")) {
            Requests requests = new Requests(server.address());
            for (int i = 0; i < 4; i++) {
                assertThat(requests.post(
                                        "/auth/register",
                                        "{\"email\":\"a" + i + "@example.com\",\"password\":\"" + PASSED + "\"}")
                                .statusCode())
                        .isEqualTo(201);
                assertThat(requests.login("a" + i + "@example.com", PASSED).statusCode())
                        .isEqualTo(200);
                assertThat(requests.login("nobody", PASSED).statusCode()).isEqualTo(401);
                assertThat(form(server, "application/x-www-form-urlencoded", "username=nobody&password=" + PASSED))
                        .isEqualTo(400);
                String part =
                        "--b\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\n" + PASSED + "\r\n--b--\r\n";
                assertThat(form(server, "multipart/form-data; boundary=b", part))
                        .isEqualTo(400);
                assertThat(requests.post("/auth/login", "{\"password\":\"" + PASSED + "\",,}")
                                .statusCode())
                        .isEqualTo(400);
            }
            byte[] heap = dump(server.process());
            assertThat(Bytes.indexOf(heap, "standard".getBytes(StandardCharsets.ISO_8859_1)))
                    .as("what is there is found")
                    .isPositive();
            for (Charset form : FORMS) {
                assertThat(Bytes.indexOf(heap, PASSED.getBytes(form)))
                        .as("place of the password in the heap, in %s", form)
                        .isNegative();
            }
        }
    }

    private static int form(ChildServer server, String type, String body) {
        return Requests.send(HttpRequest.newBuilder(URI.create(server.address() + "/api/v2.2/auth-token/"))
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofString(body)))
                .statusCode();
    }

    /** All that is reachable: the JVM collects before it writes. */
    private byte[] dump(Process server) throws Exception {
        Path file = folder.resolve("heap.hprof");
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(server.pid()),
                        "GC.heap_dump",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("jcmd.txt").toFile())
                .start();
        assertThat(jcmd.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(file).as(Files.readString(folder.resolve("jcmd.txt"))).exists();
        return Files.readAllBytes(file);
    }
}
