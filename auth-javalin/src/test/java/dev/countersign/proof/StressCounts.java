package dev.countersign.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** What happened in all rounds. Thread-safe. */
final class StressCounts {

    private static final int SHOWN = 20;

    private final AtomicLong logins = new AtomicLong();
    private final AtomicLong updates = new AtomicLong();
    private final AtomicLong refusedUpdates = new AtomicLong();
    private final AtomicLong changes = new AtomicLong();
    private final AtomicLong refusedChanges = new AtomicLong();
    private final List<String> faults = new ArrayList<>();
    private int survivors;
    private int refused;

    void login() {
        logins.incrementAndGet();
    }

    void update(boolean made) {
        (made ? updates : refusedUpdates).incrementAndGet();
    }

    void change(boolean made) {
        (made ? changes : refusedChanges).incrementAndGet();
    }

    /** Something of the old password outlived it. */
    synchronized void survivor(String what) {
        survivors++;
        note("survivor: " + what);
    }

    /** A token that should hold does not. */
    synchronized void refused(String what) {
        refused++;
        note("refused: " + what);
    }

    private void note(String fault) {
        if (faults.size() < SHOWN) {
            faults.add(fault);
        }
    }

    synchronized List<String> faults() {
        return List.copyOf(faults);
    }

    @Override
    public synchronized String toString() {
        return logins + " logins during a change, " + updates + " slow updates and " + changes
                + " of the users' own new passwords in time, " + refusedUpdates + " and " + refusedChanges
                + " too late; " + survivors + " survivors, " + refused + " tokens wrongly refused";
    }
}
