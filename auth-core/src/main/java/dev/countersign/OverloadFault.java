package dev.countersign;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * The server has no capacity for a password hash at the moment, see {@link dev.countersign.hashing.HashBudget}. A retry may succeed. A login is not
 * answered with it but with an outcome; registrations and changes of passwords are.
 */
public final class OverloadFault extends AuthFault {

    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;
    private final boolean ofClient;

    /**
     * A refusal.
     *
     * @param message what is missing, for operators; without secrets
     * @param retryAfter how long the client should wait before the next attempt; not negative
     * @param ofClient whether the client or account has used its own share, while others would still be served
     */
    public OverloadFault(String message, Duration retryAfter, boolean ofClient) {
        super(requireNonNull(message, "message"), true);
        this.retryAfter = requireNonNull(retryAfter, "retryAfter");
        this.ofClient = ofClient;
    }

    /** {@return how long the client should wait before the next attempt} */
    public Duration retryAfter() {
        return retryAfter;
    }

    /** {@return whether the client or account has used its own share, while others would still be served} */
    public boolean isOfClient() {
        return ofClient;
    }
}
