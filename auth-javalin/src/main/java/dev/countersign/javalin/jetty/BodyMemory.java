package dev.countersign.javalin.jetty;

import java.util.concurrent.atomic.AtomicLong;

/** The memory for large bodies, shared by all current requests. Thread-safe. */
final class BodyMemory {

    private final AtomicLong left;

    BodyMemory(long bytes) {
        this.left = new AtomicLong(bytes);
    }

    boolean reserve(long bytes) {
        if (left.addAndGet(-bytes) >= 0) {
            return true;
        }
        left.addAndGet(bytes);
        return false;
    }

    void release(long bytes) {
        left.addAndGet(bytes);
    }
}
