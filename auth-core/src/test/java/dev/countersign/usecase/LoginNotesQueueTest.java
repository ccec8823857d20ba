package dev.countersign.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.usecase.LoginNotes.Noted;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The threads that note logins, without a store. */
class LoginNotesQueueTest {

    private static final int MANY = 4;
    private static final int ROOM = 1002;

    private final List<RuntimeException> causes = new CopyOnWriteArrayList<>();
    private final LoginNotes notes = new LoginNotes(causes::add);
    private final CountDownLatch held = new CountDownLatch(1);
    private final AtomicInteger written = new AtomicInteger();

    @AfterEach
    void release() {
        held.countDown();
    }

    private boolean hold() {
        try {
            return held.await(30, TimeUnit.SECONDS) && written.incrementAndGet() > 0;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void fill(int writes) {
        for (int i = 0; i < writes; i++) {
            // The first ones are waited for.
            assertThat(notes.note(this::hold)).isInstanceOf(Noted.Unknown.class);
        }
    }

    @Test
    void the_stores_answer_is_passed_on() {
        assertThat(notes.note(() -> 7)).isEqualTo(new Noted.Done<>(7));
        assertThat(notes.notePatiently(() -> 8)).isEqualTo(new Noted.Done<>(8));
        assertThat(notes.lost()).isZero();
    }

    @Test
    void a_write_that_fails_is_unknown_and_counted() {
        IllegalStateException failure = new IllegalStateException("away");
        assertThat(notes.note(() -> {
                    throw failure;
                }))
                .isEqualTo(new Noted.Unknown<>());
        assertThat(notes.lost()).isEqualTo(1);
        assertThat(causes).containsExactly(failure);
        assertThat(notes.note(() -> 7)).isEqualTo(new Noted.Done<>(7));
    }

    @Test
    void a_slow_write_is_unknown_and_goes_on() throws Exception {
        assertThat(notes.note(this::hold)).isEqualTo(new Noted.Unknown<>());
        assertThat(written).hasValue(0);
        held.countDown();
        for (int i = 0; i < 1000 && written.get() == 0; i++) {
            Thread.sleep(5);
        }
        assertThat(written).hasValue(1);
        assertThat(notes.lost()).isZero();
    }

    @Test
    void beyond_the_room_a_write_is_lost_and_whoever_asked_is_told() {
        fill(ROOM);
        AtomicBoolean rejected = new AtomicBoolean();
        notes.note(() -> {}, () -> rejected.set(true));
        assertThat(rejected).isTrue();
        assertThat(notes.lost()).isEqualTo(1);
        assertThat(causes).singleElement().isInstanceOf(RejectedExecutionException.class);
        assertThat(notes.note(() -> 7)).isEqualTo(new Noted.Unknown<>());
        assertThat(notes.lost()).isEqualTo(2);
    }

    @Test
    void what_was_written_is_not_told_as_rejected_and_the_queue_empties() throws Exception {
        fill(MANY + 1);
        held.countDown();
        AtomicBoolean rejected = new AtomicBoolean();
        CountDownLatch done = new CountDownLatch(1);
        notes.note(done::countDown, () -> rejected.set(true));
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(rejected).isFalse();
        // None is pending any more, so it is waited for again.
        for (int i = 0; i < 1000 && written.get() < MANY + 1; i++) {
            Thread.sleep(5);
        }
        assertThat(notes.note(() -> 7)).isEqualTo(new Noted.Done<>(7));
    }

    @Test
    void whoever_is_interrupted_stays_interrupted_and_does_not_know() {
        Thread.currentThread().interrupt();
        assertThat(notes.note(this::hold)).isEqualTo(new Noted.Unknown<>());
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void it_writes_on_daemons() {
        assertThat(notes.note(() -> Thread.currentThread().isDaemon())).isEqualTo(new Noted.Done<>(true));
    }
}
