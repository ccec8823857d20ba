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
 * Lets the bodies of requests arrive before a thread handles them, so that slow clients hold no thread: a client that sends a byte a second costs a
 * connection. A body that does not come in time is handed on as late. Requests of others pass as they are.
 */
public final class BodyGate extends Handler.Wrapper {

    private final ToIntFunction<RequestHead> limit;
    private final String contextPath;
    private final Pace pace;
    private final BodyRoom room;

    /**
     * A gate.
     *
     * @param limit the most bytes of a body that are read before the request is handled; 0 for a request that is handled at once
     * @param contextPath what comes before the paths that the limit is asked about
     * @param timeout how long a body may take to arrive
     * @param roomBytes how many bytes all bodies may have together, beyond 4 KiB of each
     */
    public BodyGate(ToIntFunction<RequestHead> limit, String contextPath, Duration timeout, long roomBytes) {
        this.limit = requireNonNull(limit, "limit");
        this.contextPath = requireNonNull(contextPath, "contextPath");
        this.pace = Pace.of(timeout);
        this.room = new BodyRoom(roomBytes);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        requireNonNull(request, "request");
        requireNonNull(response, "response");
        requireNonNull(callback, "callback");

        RequestHead head = JettyHead.of(request, contextPath);
        if (head.length() == 0) {
            return super.handle(request, response, callback);
        }
        Intake intake = new Intake(request);
        int most = limit.applyAsInt(head);
        if (most == 0) {
            Answer answer = new Answer(intake, response, callback, () -> {});
            return super.handle(intake, answer, answer);
        }
        BodyBytes body = new BodyBytes(room);
        Answer answer = new Answer(intake, response, callback, body::wipe);
        Arrival.read(request, most, pace, body, end -> pass(intake, body, end, answer));
        return true;
    }

    private void pass(Intake request, BodyBytes body, Arrival.End end, Answer answer) {
        request.begin(body.view(), end == Arrival.End.COMPLETE);
        switch (end) {
            case COMPLETE, TOO_MUCH -> {
                // The rest, if there is any, is there to be read.
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
