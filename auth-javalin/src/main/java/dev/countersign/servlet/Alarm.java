package dev.countersign.servlet;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Goes off once after a time, unless closed before. Thread-safe. */
final class Alarm implements AutoCloseable {

    private final CompletableFuture<@Nullable Void> timer = new CompletableFuture<>();

    private Alarm() {}

    /** {@return an alarm that goes off after this time} */
    static Alarm in(Duration time) {
        Alarm alarm = never();
        Future<?> unused = alarm.timer.completeOnTimeout(null, time.toMillis(), TimeUnit.MILLISECONDS);
        return alarm;
    }

    /** {@return an alarm that never goes off} */
    static Alarm never() {
        return new Alarm();
    }

    /** Runs an action when the alarm goes off, on a thread that may block briefly. */
    void then(Runnable action) {
        Future<?> unused = timer.thenRunAsync(action);
    }

    /** {@return whether the alarm has gone off or was closed} */
    boolean isOver() {
        return timer.isDone();
    }

    @Override
    public void close() {
        timer.cancel(false);
    }
}
