package dev.countersign.javalin.jetty;

import static java.util.Objects.requireNonNull;

import dev.countersign.api.Body;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * The rest of a body that is unread when the answer is ready. Closing a connection with unread bytes resets it, and a client that is still sending then
 * loses the answer (RFC 9112 §9.6). So the server reads on before it sends the answer.
 */
public final class UnreadBody {

    /** The request attribute that asks the server to read and discard the rest of the body before it sends the answer. */
    public static final String LINGER = UnreadBody.class.getName() + ".linger";

    /** The request attribute with the reason why a body is incomplete: {@link #LATE}, {@link #NO_ROOM} or {@link #BROKEN}. */
    public static final String STATE = UnreadBody.class.getName() + ".state";

    /** The body did not arrive in time. */
    public static final String LATE = "late";

    /** The server has no memory left for the body. */
    public static final String NO_ROOM = "no room";

    /** The client has closed the connection, or sent malformed HTTP. */
    public static final String BROKEN = "broken";

    /** The maximum number of bytes that are read and discarded. */
    public static final int MOST_BYTES = 1 << 20;

    private UnreadBody() {}

    /** {@return the engine's value for a body that could not be read to its end} */
    public static Body asBody(HttpServletRequest request) {
        requireNonNull(request, "request");

        Object state = request.getAttribute(STATE);
        if (LATE.equals(state)) {
            return Body.late();
        }
        return NO_ROOM.equals(state) ? Body.withoutRoom() : Body.broken();
    }

    /**
     * Makes the server read on before it sends the answer, up to {@link #MOST_BYTES}.
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
        // A client with Expect waits for the answer; reading would invite it to send (RFC 9110 §10.1.1).
        boolean isWaiting = request.getHeader("Expect") != null;
        if (!isWaiting && request.getContentLengthLong() <= MOST_BYTES) {
            request.setAttribute(LINGER, true);
        }
    }
}
