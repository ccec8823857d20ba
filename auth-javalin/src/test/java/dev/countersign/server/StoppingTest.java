package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long a stop takes. */
@Tag("slow")
final class StoppingTest {

    private static final int CLIENTS = 40;
    private static final byte[] REQUEST =
            "GET /api/user HTTP/1.1\r\nHost: auth\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path data;

    @Test
    void a_stop_does_not_wait_for_clients_that_have_just_had_their_first_answer_and_keep_the_connection()
            throws Exception {
        for (int round = 0; round < 5; round++) {
            RunningServer server = RunningServer.start(data, "--dialects=realworld");
            URI address = URI.create(server.requests().address());
            List<Socket> clients = new ArrayList<>();
            try {
                for (int i = 0; i < CLIENTS; i++) {
                    Socket client = new Socket(address.getHost(), address.getPort());
                    clients.add(client);
                    client.getOutputStream().write(REQUEST);
                }
                for (Socket client : clients) {
                    assertThat(client.getInputStream().read()).isEqualTo('H');
                }
                Instant asked = Instant.now();
                server.close();
                assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(8));
            } finally {
                for (Socket client : clients) {
                    client.close();
                }
            }
        }
    }
}
