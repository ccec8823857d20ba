package dev.countersign.javalin.wire;

import io.javalin.http.Context;

/**
 * What of a request's body nobody has read when its answer is known. Closing a connection on bytes that wait there resets it, and a reset takes the answer
 * away from a client that is still sending (RFC 9112 §9.6). So the server is asked to read on before it sends the answer.
 */
public final class UnreadBody {

    /** The request attribute that asks the server to read and discard the rest of the body before it sends the answer. */
    public static final String LINGER = UnreadBody.class.getName() + ".linger";

    /** The request attribute of a body that did not arrive in time. */
    public static final String LATE = UnreadBody.class.getName() + ".late";

    /** The most bytes that are read and discarded. */
    public static final int MOST_BYTES = 1 << 20;

    private UnreadBody() {}

    static boolean isLate(Context context) {
        return context.req().getAttribute(LATE) != null;
    }

    static void linger(Context context) {
        if (isLate(context)) {
            context.header("Connection", "close");
            return;
        }
        // A client that asks before it sends is told in time; reading would be the invitation to send (RFC 9110
        // §10.1.1).
        boolean asksFirst = context.header("Expect") != null;
        if (!asksFirst && context.req().getContentLengthLong() <= MOST_BYTES) {
            context.req().setAttribute(LINGER, true);
        }
    }
}
