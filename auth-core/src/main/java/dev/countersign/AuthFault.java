package dev.countersign;

import static java.util.Objects.requireNonNull;

/**
 * An unexpected failure: a database that is down, a stored value that cannot be read. Never a refusal such as a wrong password: a refusal is an outcome
 * of a use case. The stores of auth-jdbi throw it; a store of your own may throw it or any other {@link RuntimeException}, which passes through. The message is
 * for operators and carries no secret.
 */
public sealed class AuthFault extends RuntimeException permits OverloadFault {

    private static final long serialVersionUID = 1L;

    private final boolean temporary;

    /**
     * A fault that a retry does not fix.
     *
     * @param message what failed, for operators; without secrets
     * @param cause the exception underneath; its message is not shown to clients
     */
    public AuthFault(String message, Throwable cause) {
        this(requireNonNull(message, "message"), requireNonNull(cause, "cause"), false);
    }

    private AuthFault(String message, Throwable cause, boolean temporary) {
        super(message, cause);
        this.temporary = temporary;
    }

    /** A fault that is expected under load: it has no cause, and no stack trace, which would cost time when there is none. */
    AuthFault(String message, boolean temporary) {
        super(message, null, false, false);
        this.temporary = temporary;
    }

    /**
     * A fault that a retry may fix, such as a lost connection; a dialect answers it as unavailable (503) rather than as an error (500).
     *
     * @param message what failed, for operators; without secrets
     * @param cause the exception underneath
     * @return the fault
     */
    public static AuthFault temporary(String message, Throwable cause) {
        requireNonNull(message, "message");
        requireNonNull(cause, "cause");

        return new AuthFault(message, cause, true);
    }

    /** {@return whether trying again later may succeed} */
    public boolean isTemporary() {
        return temporary;
    }
}
