package dev.countersign.javalin.jetty;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** A request that replays the part of its body that has already been read, and tracks the end of the body. */
final class ReplayedRequest extends Request.Wrapper {

    private Content.@Nullable Chunk first;
    private Content.@Nullable Chunk failure;
    private volatile boolean ended;

    ReplayedRequest(Request request) {
        super(request);
    }

    /** Sets the part of the body that was already read. */
    void begin(ByteBuffer body, boolean isAll) {
        first = Content.Chunk.from(body, isAll);
    }

    /** Makes reading fail after that part. */
    void fail(String state) {
        setAttribute(UnreadBody.STATE, state);
        // Use Jetty's own exceptions, so that an application's handler that reads the body fails as with any slow
        // client.
        failure = Content.Chunk.from(
                state.equals(UnreadBody.LATE) ? new TimeoutException(state) : new IOException(state));
    }

    /** {@return whether the body has been read to its end} */
    boolean hasEnded() {
        return ended;
    }

    /** Reads and discards the bytes that have arrived. */
    void discard() {
        for (Content.Chunk chunk = read(); chunk != null; chunk = read()) {
            chunk.release();
            if (chunk.isLast()) {
                return;
            }
        }
    }

    @Override
    public Content.@Nullable Chunk read() {
        Content.Chunk chunk = next();
        ended |= chunk != null && chunk.isLast();
        return chunk;
    }

    private Content.@Nullable Chunk next() {
        Content.Chunk begun = first;
        if (begun != null) {
            first = Content.Chunk.next(begun);
            return begun;
        }
        return failure == null ? super.read() : failure;
    }

    @Override
    public void demand(Runnable callback) {
        if (first != null || failure != null) {
            callback.run();
        } else {
            super.demand(callback);
        }
    }

    /** Unlike Jetty's own request, does not fail the rest of the body: it is still read after the answer. */
    @Override
    public boolean consumeAvailable() {
        discard();
        return ended;
    }
}
