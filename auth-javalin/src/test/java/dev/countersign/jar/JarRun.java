package dev.countersign.jar;

import java.time.Duration;
import java.util.List;

/**
 * What a command of the jar did.
 *
 * @param code its exit code
 * @param out what it printed
 * @param err what it complained of
 * @param time how long it took
 */
record JarRun(int code, String out, String err, Duration time) {

    /** The lines of its complaints. */
    List<String> complaints() {
        return err.lines().toList();
    }

    @Override
    public String toString() {
        return "exit " + code + " after " + time.toMillis() + " ms\n" + out + err;
    }
}
