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
 * A response that also reaches a client that is still sending. If requested by {@link UnreadBody}, it is held in memory until the rest of the body has been
 * read, up to a limit. After the answer to an abandoned body, the connection stays open for up to 2 s. No thread waits meanwhile.
 */
final class HeldResponse extends Response.Wrapper implements Callback {

    private static final Pace PACE = new Pace(Duration.ofSeconds(2), 0);

    private final ReplayedRequest request;
    private final Callback done;
    private final Runnable handled;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private boolean holds;

    /**
     * Creates the response.
     *
     * @param request the request
     * @param response the response to write to
     * @param done completed when the answer has been sent
     * @param handled run when the request has been handled, before the answer is held
     */
    HeldResponse(ReplayedRequest request, Response response, Callback done, Runnable handled) {
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
            BodyReader.read(request, UnreadBody.MOST_BYTES, PACE, more -> true, this::release);
        } else if (isAbandoned() && isCommitted()) {
            linger(request.getWrapped());
        } else {
            done.succeeded();
        }
    }

    /** Whether reading the body was abandoned while the client may still be sending. */
    private boolean isAbandoned() {
        Object state = request.getAttribute(UnreadBody.STATE);
        return state != null && !state.equals(UnreadBody.BROKEN);
    }

    private void release(BodyReader.End end) {
        if (end != BodyReader.End.COMPLETE) {
            getHeaders().put(HttpFields.CONNECTION_CLOSE);
        }
        super.write(true, ByteBuffer.wrap(held.toByteArray()), done);
    }

    private void linger(Request unread) {
        if (unread.getConnectionMetaData().getHttpVersion().getVersion() > HttpVersion.HTTP_1_1.getVersion()) {
            // The other streams of the connection continue.
            done.succeeded();
            return;
        }
        unread.getConnectionMetaData().getConnection().getEndPoint().shutdownOutput();
        BodyReader.read(unread, UnreadBody.MOST_BYTES, PACE, more -> true, end -> done.succeeded());
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
