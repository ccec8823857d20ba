package dev.countersign;

import static java.util.Objects.requireNonNull;

/**
 * Something broke: a database that is down, a stored value that cannot be read. Never a refusal such as a wrong password;
 * refusals are outcomes of use cases. The message is for operators and carries no secret.
 */
public final class AuthFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean temporary;

    /**
     * A fault that is not expected to go away by itself.
     *
     * @param message what broke, for operators; without secrets
     * @param cause the exception underneath; its message is not shown to clients
     */
    public AuthFault(String message, Throwable cause) {
        this(requireNonNull(message, "message"), requireNonNull(cause, "cause"), false);
    }

    private AuthFault(String message, Throwable cause, boolean temporary) {
        super(message, cause);
        this.temporary = temporary;
    }

    /**
     * A fault that may go away by itself, such as a lost connection; answered as unavailable rather than as an error.
     *
     * @param message what broke, for operators; without secrets
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
