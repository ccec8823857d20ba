package dev.countersign.javalin.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.javalin.http.OpenRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BodyGateTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int LIMIT = 100_000;
    private static final int ROOM = 300_000;

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final List<OpenRequest> open = new ArrayList<>();

    /** Says what became of the body. */
    private static final class Told extends Handler.Abstract {

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            Object state = request.getAttribute(UnreadBody.STATE);
            String told = String.valueOf(state);
            if (state == null) {
                told = "read " + Content.Source.asByteBuffer(request).remaining();
            }
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
            response.write(true, StandardCharsets.UTF_8.encode(told), callback);
            return true;
        }
    }

    @BeforeEach
    void start() throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new Told());
        server.insertHandler(new BodyGate(head -> LIMIT, "", Duration.ofSeconds(4), ROOM));
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        open.forEach(OpenRequest::close);
        server.stop();
    }

    private OpenRequest request(int length) {
        OpenRequest request = OpenRequest.to(connector.getLocalPort());
        open.add(request);
        return request.head("POST", "/", "", length);
    }

    private static String answer(OpenRequest request) throws Exception {
        return request.answer(SOON).orElseThrow().body();
    }

    @Test
    void large_bodies_that_are_waited_for_have_a_room_that_all_of_them_share_and_small_ones_do_not_need_it()
            throws Exception {
        List<OpenRequest> stalled = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            stalled.add(request(90_000).send("x".repeat(60_000)));
        }
        Thread.sleep(500);
        assertThat(answer(request(90_000).send("x".repeat(90_000)))).isEqualTo(UnreadBody.NO_ROOM);
        for (int i = 0; i < 20; i++) {
            assertThat(answer(request(2000).send("x".repeat(2000)))).isEqualTo("read 2000");
        }
        List<String> told = new ArrayList<>();
        for (OpenRequest request : stalled) {
            told.add(answer(request));
        }
        assertThat(told).contains(UnreadBody.LATE, UnreadBody.NO_ROOM).doesNotContain("read 90000");
        // What was taken has been given back.
        for (int i = 0; i < 20; i++) {
            assertThat(answer(request(90_000).send("x".repeat(90_000)))).isEqualTo("read 90000");
        }
    }

    @Test
    void a_body_comes_at_a_least_rate() throws Exception {
        long start = System.nanoTime();
        OpenRequest slow = request(1000).send("x".repeat(100)).trickle(Duration.ofMillis(100));
        assertThat(answer(slow)).isEqualTo(UnreadBody.LATE);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(3900));

        OpenRequest fast = request(1000).send("x".repeat(600));
        Thread.sleep(3000);
        assertThat(answer(fast.send("x".repeat(400)))).isEqualTo("read 1000");
    }

    @Test
    void a_body_beyond_the_limit_is_handed_on_with_its_rest() throws Exception {
        assertThat(answer(request(LIMIT + 50_000).send("x".repeat(LIMIT + 50_000))))
                .isEqualTo("read " + (LIMIT + 50_000));
    }
}
