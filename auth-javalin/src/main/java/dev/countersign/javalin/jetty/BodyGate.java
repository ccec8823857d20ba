package dev.countersign.javalin.jetty;

import dev.countersign.javalin.wire.RequestHead;
import dev.countersign.javalin.wire.UnreadBody;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.ToIntFunction;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
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

    /**
     * A gate.
     *
     * @param limit the most bytes of a body that are read before the request is handled; 0 for a request that is handled at once
     * @param contextPath what comes before the paths that the limit is asked about
     * @param timeout how long a body may take to arrive
     */
    public BodyGate(ToIntFunction<RequestHead> limit, String contextPath, Duration timeout) {
        this.limit = limit;
        this.contextPath = contextPath;
        this.pace = Pace.of(timeout);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        RequestHead head = new JettyHead(request, contextPath);
        if (head.length() == 0) {
            return super.handle(request, response, callback);
        }
        Intake intake = new Intake(request);
        int most = limit.applyAsInt(head);
        if (most == 0) {
            Answer answer = new Answer(intake, response, callback);
            return super.handle(intake, answer, answer);
        }
        BodyBytes body = new BodyBytes();
        Answer answer = new Answer(intake, response, Callback.from(callback, body::wipe));
        Arrival.read(request, most, pace, body, end -> pass(intake, body, end, answer));
        return true;
    }

    private void pass(Intake request, BodyBytes body, Arrival.End end, Answer answer) {
        request.begin(body.view(), end == Arrival.End.COMPLETE);
        if (end == Arrival.End.LATE || end == Arrival.End.BROKEN) {
            request.fail(Content.Chunk.from(new TimeoutException("the body did not arrive")));
        }
        if (end == Arrival.End.LATE) {
            request.setAttribute(UnreadBody.LATE, true);
        }
        try {
            if (!super.handle(request, answer, answer)) {
                Response.writeError(request, answer, answer, HttpStatus.NOT_FOUND_404);
            }
        } catch (Exception failed) {
            Response.writeError(request, answer, answer, failed);
        }
    }
}
