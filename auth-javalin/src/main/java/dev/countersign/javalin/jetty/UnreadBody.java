package dev.countersign.javalin.jetty;

import static java.util.Objects.requireNonNull;

import dev.countersign.api.Body;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

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

    /** {@return what the engine is told of a body that could not be read to its end} */
    public static Body asBody(HttpServletRequest request) {
        requireNonNull(request, "request");

        Object state = request.getAttribute(STATE);
        if (LATE.equals(state)) {
            return Body.late();
        }
        return NO_ROOM.equals(state) ? Body.withoutRoom() : Body.broken();
    }

    /**
     * Asks the server to read on before it sends the answer, where that is reasonable.
     *
     * @param request the request
     * @param response its answer
     */
    public static void linger(HttpServletRequest request, HttpServletResponse response) {
        requireNonNull(request, "request");
        requireNonNull(response, "response");

        if (request.getAttribute(STATE) != null) {
            response.setHeader("Connection", "close");
            return;
        }
        // A client that asks before it sends is answered in time; reading would be the invitation to send (RFC 9110
        // §10.1.1).
        boolean asksFirst = request.getHeader("Expect") != null;
        if (!asksFirst && request.getContentLengthLong() <= MOST_BYTES) {
            request.setAttribute(LINGER, true);
        }
    }
}
