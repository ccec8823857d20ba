package dev.countersign.server.management;

import static java.util.Objects.requireNonNull;

/** Checks one part that the server needs. Called by one thread at a time; may block. */
@FunctionalInterface
public interface HealthCheck {

    /** {@return the state of the part now; an exception counts as down} */
    Finding check();

    /** How well a part works. */
    enum State {
        /** It works. */
        UP,
        /** The server answers requests, but an operator has to act. */
        DEGRADED,
        /** Requests fail: send them to another server. */
        DOWN
    }

    /**
     * The state of a part.
     *
     * @param state how well it works
     * @param reason why, in one sentence for operators; without secrets
     */
    record Finding(State state, String reason) {

        /** Rejects null components. */
        public Finding {
            requireNonNull(state, "state");
            requireNonNull(reason, "reason");
        }

        /**
         * A part that works.
         *
         * @param reason what was checked
         * @return the finding
         */
        public static Finding up(String reason) {
            return new Finding(State.UP, reason);
        }

        /**
         * A part that works, but not as it should.
         *
         * @param reason what is wrong
         * @return the finding
         */
        public static Finding degraded(String reason) {
            return new Finding(State.DEGRADED, reason);
        }

        /**
         * A part that does not work.
         *
         * @param reason what is wrong
         * @return the finding
         */
        public static Finding down(String reason) {
            return new Finding(State.DOWN, reason);
        }
    }
}
