package dev.countersign.javalin.jetty;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * An answer that reaches a client that is still sending: it waits in memory until the request has been read to the end, or as far as is reasonable, if that was
 * asked for ({@link UnreadBody}). After the answer to a body that was given up the connection stays open for a while. No thread waits meanwhile.
 */
final class Answer extends Response.Wrapper implements Callback {

    private static final Pace PACE = new Pace(Duration.ofSeconds(2), 0);

    private final Intake request;
    private final Callback done;
    private final Runnable handled;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private boolean holds;

    /**
     * An answer.
     *
     * @param request what is answered
     * @param response where to
     * @param done is completed when the answer has been sent
     * @param handled is run when the request has been handled, before the answer waits for anything
     */
    Answer(Intake request, Response response, Callback done, Runnable handled) {
        super(request, response);
        this.request = request;
        this.done = done;
        this.handled = handled;
    }

    @Override
    public void write(boolean last, ByteBuffer content, Callback callback) {
        holds = holds || isEarly();
        if (holds) {
            byte[] bytes = BufferUtil.toArray(content);
            held.write(bytes, 0, bytes.length);
            BufferUtil.clear(content);
            callback.succeeded();
        } else {
            super.write(last, content, callback);
        }
    }

    private boolean isEarly() {
        if (isCommitted() || request.getAttribute(UnreadBody.LINGER) == null) {
            return false;
        }
        request.discard();
        return !request.hasEnded();
    }

    @Override
    public void succeeded() {
        handled.run();
        if (holds) {
            Arrival.read(request, UnreadBody.MOST_BYTES, PACE, more -> true, this::release);
        } else if (isGivenUp() && isCommitted()) {
            linger(request.getWrapped());
        } else {
            done.succeeded();
        }
    }

    /** The client may be sending still. */
    private boolean isGivenUp() {
        Object state = request.getAttribute(UnreadBody.STATE);
        return state != null && !state.equals(UnreadBody.BROKEN);
    }

    private void release(Arrival.End end) {
        if (end != Arrival.End.COMPLETE) {
            getHeaders().put(HttpFields.CONNECTION_CLOSE);
        }
        super.write(true, ByteBuffer.wrap(held.toByteArray()), done);
    }

    private void linger(Request unread) {
        if (unread.getConnectionMetaData().getHttpVersion().getVersion() > HttpVersion.HTTP_1_1.getVersion()) {
            // The other streams of the connection go on.
            done.succeeded();
            return;
        }
        unread.getConnectionMetaData().getConnection().getEndPoint().shutdownOutput();
        Arrival.read(unread, UnreadBody.MOST_BYTES, PACE, more -> true, end -> done.succeeded());
    }

    @Override
    public void failed(Throwable failure) {
        handled.run();
        done.failed(failure);
    }

    @Override
    public InvocationType getInvocationType() {
        return done.getInvocationType();
    }
}
