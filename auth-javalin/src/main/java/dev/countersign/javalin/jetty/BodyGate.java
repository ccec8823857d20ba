package dev.countersign.javalin.jetty;

import static java.util.Objects.requireNonNull;

import dev.countersign.api.RequestHead;
import java.time.Duration;
import java.util.function.ToIntFunction;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Reads the body of a request before a thread handles it, so that a slow client costs a connection but no thread. A body that is not complete in time is
 * passed on as late. A request with the limit 0 passes at once.
 */
public final class BodyGate extends Handler.Wrapper {

    private final ToIntFunction<RequestHead> limit;
    private final String contextPath;
    private final Pace pace;
    private final BodyMemory room;

    /**
     * Creates a gate.
     *
     * @param limit the maximum number of bytes to read before a request is handled; 0 to handle it at once
     * @param contextPath the application's context path; the limit gets paths without it
     * @param timeout the timeout for a body
     * @param roomBytes the memory for all bodies together, in bytes, not counting the first 4 KiB of each
     */
    public BodyGate(ToIntFunction<RequestHead> limit, String contextPath, Duration timeout, long roomBytes) {
        this.limit = requireNonNull(limit, "limit");
        this.contextPath = requireNonNull(contextPath, "contextPath");
        this.pace = Pace.of(timeout);
        this.room = new BodyMemory(roomBytes);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        requireNonNull(request, "request");
        requireNonNull(response, "response");
        requireNonNull(callback, "callback");

        if (JettyHead.length(request) == 0) {
            return super.handle(request, response, callback);
        }
        RequestHead head = JettyHead.of(request, contextPath);
        ReplayedRequest replayed = new ReplayedRequest(request);
        int most = limit.applyAsInt(head);
        if (most == 0) {
            HeldResponse answer = new HeldResponse(replayed, response, callback, () -> {});
            return super.handle(replayed, answer, answer);
        }
        BodyBytes body = new BodyBytes(room);
        HeldResponse answer = new HeldResponse(replayed, response, callback, body::wipe);
        BodyReader.read(request, most, pace, body, end -> pass(replayed, body, end, answer));
        return true;
    }

    private void pass(ReplayedRequest request, BodyBytes body, BodyReader.End end, HeldResponse answer) {
        request.begin(body.view(), end == BodyReader.End.COMPLETE);
        switch (end) {
            case COMPLETE, TOO_MUCH -> {
                // The handler may read the rest, if there is any.
            }
            case NO_ROOM -> request.fail(UnreadBody.NO_ROOM);
            case LATE -> request.fail(UnreadBody.LATE);
            case BROKEN -> request.fail(UnreadBody.BROKEN);
        }
        try {
            if (!super.handle(request, answer, answer)) {
                Response.writeError(request, answer, answer, HttpStatus.NOT_FOUND_404);
            }
        } catch (Throwable failed) {
            Response.writeError(request, answer, answer, failed);
        }
    }
}
