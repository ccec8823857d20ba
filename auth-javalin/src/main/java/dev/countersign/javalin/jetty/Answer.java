package dev.countersign.javalin.jetty;

import dev.countersign.javalin.wire.UnreadBody;
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
 * asked for ({@link UnreadBody}). After the answer to a late body the connection stays open for a while. No thread waits meanwhile.
 */
final class Answer extends Response.Wrapper implements Callback {

    private static final Pace PACE = new Pace(Duration.ofSeconds(2), 0);

    private final Intake request;
    private final Callback done;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private boolean holds;

    Answer(Intake request, Response response, Callback done) {
        super(request, response);
        this.request = request;
        this.done = done;
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
        if (holds) {
            Arrival.read(request, UnreadBody.MOST_BYTES, PACE, more -> {}, this::release);
        } else if (request.getAttribute(UnreadBody.LATE) != null && isCommitted()) {
            linger(request.getWrapped());
        } else {
            done.succeeded();
        }
    }

    private void release(Arrival.End end) {
        if (end != Arrival.End.COMPLETE) {
            getHeaders().put(HttpFields.CONNECTION_CLOSE);
        }
        super.write(true, ByteBuffer.wrap(held.toByteArray()), done);
    }

    private void linger(Request late) {
        if (late.getConnectionMetaData().getHttpVersion().getVersion() > HttpVersion.HTTP_1_1.getVersion()) {
            // The other streams of the connection go on.
            done.succeeded();
            return;
        }
        late.getConnectionMetaData().getConnection().getEndPoint().shutdownOutput();
        Arrival.read(late, UnreadBody.MOST_BYTES, PACE, more -> {}, end -> done.succeeded());
    }

    @Override
    public void failed(Throwable failure) {
        done.failed(failure);
    }

    @Override
    public InvocationType getInvocationType() {
        return done.getInvocationType();
    }
}
