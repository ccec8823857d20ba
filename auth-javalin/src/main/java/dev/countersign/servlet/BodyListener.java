package dev.countersign.servlet;

import dev.countersign.api.Body;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Reads a request's body as it arrives; no thread waits for it. */
final class BodyListener implements ReadListener, AsyncListener {

    private static final int FIRST_BYTES = 1024;

    private final ServletInputStream in;
    private final int maxBytes;
    private final long mostUnread;
    private final Consumer<Body> then;
    private final AtomicBoolean ended = new AtomicBoolean();
    // A timer of our own: the container's timeout cannot be changed once the body has arrived, and ends with an error
    // page.
    private final Alarm alarm;
    private byte[] buffer;
    private int size;
    private long received;

    private BodyListener(ServletInputStream in, int maxBytes, long mostUnread, Alarm alarm, Consumer<Body> then) {
        this.in = in;
        this.alarm = alarm;
        this.maxBytes = maxBytes;
        this.mostUnread = mostUnread;
        this.then = then;
        this.buffer = new byte[Math.min(FIRST_BYTES, maxBytes) + 1];
    }

    /**
     * Starts reading.
     *
     * @param context the request's asynchronous processing, just started
     * @param maxBytes the most bytes that are kept; at least 1
     * @param mostUnread the most bytes of a larger body that are read and discarded
     * @param timeout how long the body may take to arrive
     * @param then receives the body, once, on a thread that may block briefly
     */
    static void read(AsyncContext context, int maxBytes, long mostUnread, Duration timeout, Consumer<Body> then)
            throws IOException {
        ServletInputStream in = context.getRequest().getInputStream();
        BodyListener listener = new BodyListener(in, maxBytes, mostUnread, Alarm.in(timeout), then);
        listener.alarm.then(() -> listener.end(Body.late()));
        context.addListener(listener);
        in.setReadListener(listener);
    }

    @Override
    public void onDataAvailable() throws IOException {
        while (!ended.get() && in.isReady()) {
            // Bytes beyond the limit are discarded by overwriting the buffer.
            int at = received > maxBytes ? 0 : size;
            int read = in.read(buffer, at, buffer.length - at);
            if (read < 0) {
                return;
            }
            received += read;
            size = at + read;
            if (received > maxBytes) {
                if (received > mostUnread) {
                    end(Body.tooLarge());
                }
            } else if (size == buffer.length) {
                byte[] larger = Arrays.copyOf(buffer, Math.min(2 * size, maxBytes + 1));
                Arrays.fill(buffer, (byte) 0);
                buffer = larger;
            }
        }
    }

    @Override
    public void onAllDataRead() {
        end(received > maxBytes ? Body.tooLarge() : Body.of(Arrays.copyOf(buffer, size)));
    }

    @Override
    public void onError(Throwable broken) {
        end(ServletTransport.unreadable(broken));
    }

    private void end(Body body) {
        if (ended.compareAndSet(false, true)) {
            alarm.close();
            // The buffer may hold a password.
            Arrays.fill(buffer, (byte) 0);
            then.accept(body);
        } else {
            body.close();
        }
    }

    @Override
    public void onError(AsyncEvent event) {
        end(Body.broken());
    }

    @Override
    public void onComplete(AsyncEvent event) {
        alarm.close();
    }

    @Override
    public void onTimeout(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {}
}
