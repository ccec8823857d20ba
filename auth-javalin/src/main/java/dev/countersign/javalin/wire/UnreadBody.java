package dev.countersign.javalin.wire;

import io.javalin.http.Context;
import java.time.Duration;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.Content;

/**
 * What of a request's body nobody has read when its answer is known. Closing a connection on bytes that wait there resets it, and a reset takes the answer
 * away from a client that is still sending (RFC 9112 §9.6), so the rest is read first, if that is not too much and does not take too long.
 */
final class UnreadBody {

    private static final int MOST_BYTES = 1 << 20;

    // Whoever stalls for longer gets the answer at once, and may lose it.
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private UnreadBody() {}

    static void discard(Context context) {
        // A client that asks before it sends is told in time; reading would be the invitation to send (RFC 9110
        // §10.1.1).
        boolean asksFirst = context.header("Expect") != null;
        if (asksFirst || context.req().getContentLengthLong() > MOST_BYTES) {
            return;
        }
        try {
            discard(ServletContextRequest.getServletContextRequest(context.req()));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads below the servlet's stream, whose reading would block for as long as the client likes. */
    private static void discard(Content.Source body) throws InterruptedException {
        long pauses = PATIENCE.dividedBy(PAUSE);
        int discarded = 0;
        while (discarded < MOST_BYTES && pauses > 0) {
            Content.Chunk chunk = body.read();
            if (chunk == null) {
                Thread.sleep(PAUSE.toMillis());
                pauses--;
                continue;
            }
            discarded += chunk.remaining();
            chunk.release();
            if (chunk.isLast()) {
                return;
            }
        }
    }
}
