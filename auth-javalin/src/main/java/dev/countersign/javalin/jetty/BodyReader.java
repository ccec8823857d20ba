package dev.countersign.javalin.jetty;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.HttpChannel;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** Reads the body of one request as it arrives, at a minimum pace. No thread waits for it. */
final class BodyReader implements Invocable.Task {

    // The delay before retrying a body that is being read when its time is over.
    private static final Duration RETRY = Duration.ofMillis(100);

    /** The reason why reading ended. */
    enum End {
        /** The body is complete. */
        COMPLETE,
        /** The body is larger than the limit. */
        TOO_MUCH,
        /** There is no memory for the rest. */
        NO_ROOM,
        /** The rest did not arrive in time. */
        LATE,
        /** The rest never arrives: the client has closed the connection, or sent malformed HTTP. */
        BROKEN
    }

    private final Request request;
    private final long most;
    private final Pace pace;
    private final Predicate<ByteBuffer> sink;
    private final Consumer<End> whenDone;
    private final AtomicLong received = new AtomicLong();
    private Scheduler.@Nullable Task alarm;
    private boolean halfOver;
    private boolean ended;

    private BodyReader(Request request, long most, Pace pace, Predicate<ByteBuffer> sink, Consumer<End> whenDone) {
        this.request = request;
        this.most = most;
        this.pace = pace;
        this.sink = sink;
        this.whenDone = whenDone;
    }

    /**
     * Starts reading.
     *
     * @param request the request; nothing else may read it meanwhile
     * @param most the maximum size in bytes; reading ends beyond it
     * @param pace the minimum pace of the bytes
     * @param sink consumes the bytes; false if it has no room for them
     * @param whenDone called once: on this thread if the body has already arrived, otherwise on a thread that may block
     */
    static void read(Request request, long most, Pace pace, Predicate<ByteBuffer> sink, Consumer<End> whenDone) {
        BodyReader reader = new BodyReader(request, most, pace, sink, whenDone);
        End end = reader.readAvailable();
        if (end == null) {
            // Ignore idle timeouts here: the demand below handles ours.
            request.addIdleTimeoutListener(idle -> false);
            reader.setAlarm(pace.half());
            request.demand(reader);
        } else {
            whenDone.accept(end);
        }
    }

    /** Called when more has arrived or the time is over. */
    @Override
    public void run() {
        End end = readAvailable();
        if (end == null) {
            request.demand(this);
        } else if (stop()) {
            request.getContext().execute(() -> whenDone.accept(end));
        }
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    private @Nullable End readAvailable() {
        for (Content.Chunk chunk = request.read(); chunk != null; chunk = request.read()) {
            if (Content.Chunk.isFailure(chunk)) {
                return chunk.isLast() ? End.BROKEN : End.LATE;
            }
            long size = received.addAndGet(chunk.remaining());
            boolean last = chunk.isLast();
            boolean taken = sink.test(chunk.getByteBuffer());
            chunk.release();
            if (!taken) {
                return End.NO_ROOM;
            }
            if (size > most) {
                return End.TOO_MUCH;
            }
            if (last) {
                return End.COMPLETE;
            }
        }
        return null;
    }

    private synchronized boolean stop() {
        boolean first = !ended;
        ended = true;
        if (alarm != null) {
            alarm.cancel();
        }
        return first;
    }

    private synchronized void setAlarm(Duration in) {
        if (!ended) {
            alarm = request.getComponents()
                    .getScheduler()
                    .schedule(this::onAlarm, in.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void onAlarm() {
        Runnable expiry = expire();
        if (expiry != null) {
            request.getContext().execute(expiry);
        }
    }

    /** Fails a pending demand like an idle timeout; the reading thread then reports {@link End#LATE}. */
    private synchronized @Nullable Runnable expire() {
        if (ended) {
            return null;
        }
        if (!halfOver && received.get() >= pace.leastBytes()) {
            halfOver = true;
            setAlarm(pace.half());
            return null;
        }
        halfOver = true;
        setAlarm(RETRY);
        return HttpChannel.from(request)
                .onIdleTimeout(new TimeoutException("the body is late"))
                .action();
    }
}
