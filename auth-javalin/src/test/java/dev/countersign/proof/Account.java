package dev.countersign.proof;

import java.util.Optional;

/** A user as its client knows it. Used by one thread at a time. */
final class Account {

    private final String username;
    private Optional<State> acknowledged = Optional.empty();
    private Optional<State> pending;
    private Optional<Verified> verified = Optional.empty();
    private String token = "";

    /**
     * What a client stores, always both at once when the password changes: half of it would be seen.
     *
     * @param passwordNumber how often the password was changed
     * @param note how often anything was changed
     */
    record State(int passwordNumber, int note) {}

    /** A hash that was seen to belong to a password, so that it need not be computed again. */
    record Verified(String hash, int passwordNumber) {}

    Account(String username) {
        this.username = username;
        this.pending = Optional.of(new State(0, 0));
    }

    String username() {
        return username;
    }

    String email() {
        return username + "@example.org";
    }

    String password(State state) {
        return "a long password of " + username + " number " + state.passwordNumber();
    }

    String bio(State state) {
        return "note " + state.note() + " with password " + state.passwordNumber();
    }

    Optional<State> acknowledged() {
        return acknowledged;
    }

    /** What was sent and not acknowledged yet: it may be stored or not. */
    Optional<State> pending() {
        return pending;
    }

    Optional<Verified> verified() {
        return verified;
    }

    void verify(Verified seen) {
        verified = Optional.of(seen);
    }

    String token() {
        return token;
    }

    /** Decides on the next change. */
    void change(boolean password) {
        State now = acknowledged.orElseThrow();
        pending = Optional.of(new State(now.passwordNumber() + (password ? 1 : 0), now.note() + 1));
    }

    /** The server said that what was pending is stored. */
    void acknowledge(String newToken) {
        acknowledged = pending;
        pending = Optional.empty();
        token = newToken.isEmpty() ? token : newToken;
    }
}
