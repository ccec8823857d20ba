package dev.countersign.dialect;

import static java.util.Objects.requireNonNull;

import dev.countersign.template.Template;

/** What an operation does, as far as dialects differ besides requests and answers. */
public sealed interface OperationRule {

    /** Nothing to choose. */
    OperationRule NONE = new None();

    /** For operations without a choice. */
    record None() implements OperationRule {}

    /** Registers users only where a server or an application opens it. */
    record OpenedByConfiguration() implements OperationRule {}

    /** Reports whether a token is valid to a reverse proxy, which understands a refusal only by the status 401 or 403. */
    record ForProxies() implements OperationRule {}

    /**
     * A renewal.
     *
     * @param endsPresented whether the presented access token ends; otherwise it is valid until its expiry
     */
    record Renewal(boolean endsPresented) implements OperationRule {}

    /**
     * A logout.
     *
     * @param ends which sessions end
     * @param by which tokens a request may carry
     */
    record LogOut(Ends ends, By by) implements OperationRule {

        /** Rejects null components. */
        public LogOut {
            requireNonNull(ends, "ends");
            requireNonNull(by, "by");
        }
    }

    /** Which sessions a logout ends. */
    enum Ends {
        /** That of the request's token. */
        THIS_SESSION,
        /** All of the user's except that of the request's token. */
        OTHER_SESSIONS,
        /** All of the user's. */
        ALL_SESSIONS
    }

    /** The tokens that a logout accepts. */
    enum By {
        /** A valid access token. */
        ACCESS_TOKEN,
        /** A refresh token. */
        REFRESH_TOKEN,
        /** Either, or both of one session. */
        EITHER_TOKEN
    }

    /**
     * A list of sessions.
     *
     * @param each the template of one session
     */
    record Listing(Template each) implements OperationRule {

        /** Rejects null. */
        public Listing {
            requireNonNull(each, "each");
        }
    }
}
