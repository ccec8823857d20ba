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

/** Reads the body of one request as it arrives, at a pace. No thread waits for it. */
final class Arrival implements Invocable.Task {

    // A body that is just being read when its time is over is asked again.
    private static final Duration AGAIN = Duration.ofMillis(100);

    /** Why reading has ended. */
    enum End {
        /** There is no more. */
        COMPLETE,
        /** There is more than is wanted. */
        TOO_MUCH,
        /** There is no room for more. */
        NO_ROOM,
        /** The rest did not come in time. */
        LATE,
        /** The rest never comes: the client has gone, or what it sent is no HTTP. */
        BROKEN
    }

    private final Request request;
    private final long most;
    private final Pace pace;
    private final Predicate<ByteBuffer> to;
    private final Consumer<End> then;
    private final AtomicLong received = new AtomicLong();
    private Scheduler.@Nullable Task alarm;
    private boolean halfOver;
    private boolean ended;

    private Arrival(Request request, long most, Pace pace, Predicate<ByteBuffer> to, Consumer<End> then) {
        this.request = request;
        this.most = most;
        this.pace = pace;
        this.to = to;
        this.then = then;
    }

    /**
     * Reads.
     *
     * @param request the request, which nobody else reads meanwhile
     * @param most reading ends when there are more bytes
     * @param pace how fast they have to come
     * @param to takes bytes, which are gone afterwards, or says that it cannot
     * @param then is called once, on this thread if everything is there already, otherwise on a thread that may block
     */
    static void read(Request request, long most, Pace pace, Predicate<ByteBuffer> to, Consumer<End> then) {
        Arrival arrival = new Arrival(request, most, pace, to, then);
        End end = arrival.readAvailable();
        if (end == null) {
            // Ours are answered by the demand; if none is pending, one is on its way.
            request.addIdleTimeoutListener(idle -> false);
            arrival.setAlarm(pace.half());
            request.demand(arrival);
        } else {
            then.accept(end);
        }
    }

    /** More has arrived, or the time is over. */
    @Override
    public void run() {
        End end = readAvailable();
        if (end == null) {
            request.demand(this);
        } else if (stop()) {
            request.getContext().execute(() -> then.accept(end));
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
            boolean taken = to.test(chunk.getByteBuffer());
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

    /** Fails a pending demand as if the connection had been idle: the reading thread then finds that the rest is late. */
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
        setAlarm(AGAIN);
        return HttpChannel.from(request)
                .onIdleTimeout(new TimeoutException("the body is late"))
                .action();
    }
}
