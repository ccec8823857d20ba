package dev.countersign.servlet;

import dev.countersign.api.Body;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
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
    private final Consumer<Body> then;
    private final AtomicBoolean ended = new AtomicBoolean();
    private byte[] buffer;
    private int size;

    private BodyListener(ServletInputStream in, int maxBytes, Consumer<Body> then) {
        this.in = in;
        this.maxBytes = maxBytes;
        this.then = then;
        this.buffer = new byte[Math.min(FIRST_BYTES, maxBytes) + 1];
    }

    /**
     * Reads.
     *
     * @param request a request whose asynchronous processing has started
     * @param maxBytes the most bytes that are read; 0 to read nothing
     * @param timeout how long the body may take to arrive
     * @param then takes the body, once
     */
    static void read(HttpServletRequest request, int maxBytes, Duration timeout, Consumer<Body> then)
            throws IOException {
        if (maxBytes == 0) {
            request.getAsyncContext().setTimeout(0);
            then.accept(Body.none());
            return;
        }
        BodyListener listener = new BodyListener(request.getInputStream(), maxBytes, then);
        request.getAsyncContext().setTimeout(timeout.toMillis());
        request.getAsyncContext().addListener(listener);
        listener.in.setReadListener(listener);
    }

    @Override
    public void onDataAvailable() throws IOException {
        while (!ended.get() && in.isReady()) {
            int read = in.read(buffer, size, buffer.length - size);
            if (read < 0) {
                return;
            }
            size += read;
            if (size > maxBytes) {
                end(Body.tooLarge());
            } else if (size == buffer.length) {
                byte[] larger = Arrays.copyOf(buffer, Math.min(2 * size, maxBytes + 1));
                Arrays.fill(buffer, (byte) 0);
                buffer = larger;
            }
        }
    }

    @Override
    public void onAllDataRead() {
        end(Body.of(Arrays.copyOf(buffer, size)));
    }

    @Override
    public void onError(Throwable broken) {
        end(Body.broken());
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        end(Body.late());
    }

    private void end(Body body) {
        if (ended.compareAndSet(false, true)) {
            // It may hold a password.
            Arrays.fill(buffer, (byte) 0);
            then.accept(body);
        } else {
            body.close();
        }
    }

    @Override
    public void onComplete(AsyncEvent event) {}

    @Override
    public void onError(AsyncEvent event) {
        end(Body.broken());
    }

    @Override
    public void onStartAsync(AsyncEvent event) {}
}
