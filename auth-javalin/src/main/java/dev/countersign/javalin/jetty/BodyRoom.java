package dev.countersign.javalin.jetty;

import java.util.concurrent.atomic.AtomicLong;

/** The memory for bodies that are larger than usual, shared by all requests that are arriving or being handled. Thread-safe. */
final class BodyRoom {

    private final AtomicLong left;

    BodyRoom(long bytes) {
        this.left = new AtomicLong(bytes);
    }

    boolean take(long bytes) {
        if (left.addAndGet(-bytes) >= 0) {
            return true;
        }
        left.addAndGet(bytes);
        return false;
    }

    void give(long bytes) {
        left.addAndGet(bytes);
    }
}
