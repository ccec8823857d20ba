package dev.countersign.javalin.jetty;

import dev.countersign.javalin.wire.UnreadBody;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * An answer that waits until its request has been read to the end, or as far as is reasonable, if it was asked for ({@link UnreadBody}): in memory, so that no
 * thread waits with it.
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
        if (!holds) {
            done.succeeded();
            return;
        }
        Arrival.read(request, UnreadBody.MOST_BYTES, PACE, more -> {}, end -> {
            if (end != Arrival.End.COMPLETE) {
                getHeaders().put(HttpFields.CONNECTION_CLOSE);
            }
            super.write(true, ByteBuffer.wrap(held.toByteArray()), done);
        });
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
