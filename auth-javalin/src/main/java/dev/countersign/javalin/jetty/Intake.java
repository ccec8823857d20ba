package dev.countersign.javalin.jetty;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** A request whose body, or the beginning of it, has been read already and is there to be read again; knows where the body ends. */
final class Intake extends Request.Wrapper {

    private Content.@Nullable Chunk first;
    private Content.@Nullable Chunk failure;
    private volatile boolean ended;

    Intake(Request request) {
        super(request);
    }

    /** What was read comes first. */
    void begin(ByteBuffer body, boolean isAll) {
        first = Content.Chunk.from(body, isAll);
    }

    /** Nothing comes after it. */
    void fail(String state) {
        setAttribute(UnreadBody.STATE, state);
        // As Jetty says it itself, so that an application's handler that reads first fails as it would with any slow
        // client.
        failure = Content.Chunk.from(
                state.equals(UnreadBody.LATE) ? new TimeoutException(state) : new IOException(state));
    }

    /** {@return whether there is nothing left to read} */
    boolean hasEnded() {
        return ended;
    }

    /** Throws away what has arrived. */
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

    /** Does not give the rest up, as the server's own request would: it is still read after the answer. */
    @Override
    public boolean consumeAvailable() {
        discard();
        return ended;
    }
}
