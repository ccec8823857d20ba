package dev.countersign.javalin.wire;

import dev.countersign.dialect.Reason;
import io.javalin.http.Context;

/**
 * What of a request's body nobody has read when its answer is known. Closing a connection on bytes that wait there resets it, and a reset takes the answer
 * away from a client that is still sending (RFC 9112 §9.6). So the server is asked to read on before it sends the answer.
 */
public final class UnreadBody {

    /** The request attribute that asks the server to read and discard the rest of the body before it sends the answer. */
    public static final String LINGER = UnreadBody.class.getName() + ".linger";

    /** The request attribute that says why a body has no end: {@link #LATE}, {@link #NO_ROOM} or {@link #BROKEN}. */
    public static final String STATE = UnreadBody.class.getName() + ".state";

    /** The body did not arrive in time. */
    public static final String LATE = "late";

    /** The server has no memory left for it. */
    public static final String NO_ROOM = "no room";

    /** The client has gone, or what it sent is no HTTP. */
    public static final String BROKEN = "broken";

    /** The most bytes that are read and discarded. */
    public static final int MOST_BYTES = 1 << 20;

    private UnreadBody() {}

    /** Why a body could not be read to its end. */
    static Reason reason(Context context) {
        Object state = context.req().getAttribute(STATE);
        if (LATE.equals(state)) {
            return Reason.REQUEST_TIMEOUT;
        }
        return NO_ROOM.equals(state) ? Reason.UNAVAILABLE : Reason.UNPARSEABLE_BODY;
    }

    static void linger(Context context) {
        if (context.req().getAttribute(STATE) != null) {
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
