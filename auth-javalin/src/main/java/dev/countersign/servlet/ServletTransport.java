package dev.countersign.servlet;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Splitter;
import dev.countersign.api.Answer;
import dev.countersign.api.Body;
import dev.countersign.api.Headers;
import dev.countersign.api.RequestHead;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads requests and writes answers, for an adapter to a servlet container that does the rest itself, such as {@link LoginFilter}. */
public final class ServletTransport {

    /** The request attribute with the original method, where a filter has hidden it from a framework. */
    public static final String SENT_METHOD = ServletTransport.class.getName() + ".method";

    private static final Splitter NAMES = Splitter.on(',').trimResults().omitEmptyStrings();

    private static final int FIRST_BYTES = 1024;
    private static final int MOST_UNREAD = 1 << 20;

    private ServletTransport() {}

    /**
     * The head of a request.
     *
     * @param request the request
     * @return its head, with the path below the context path
     */
    public static RequestHead head(HttpServletRequest request) {
        requireNonNull(request, "request");

        List<Map.Entry<String, String>> fields = new ArrayList<>();
        for (Enumeration<String> names = request.getHeaderNames(); names.hasMoreElements(); ) {
            String name = names.nextElement();
            for (Enumeration<String> values = request.getHeaders(name); values.hasMoreElements(); ) {
                fields.add(Map.entry(name, values.nextElement()));
            }
        }
        String query = request.getQueryString();
        String client = request.getRemoteAddr();
        return new RequestHead(
                request.getAttribute(SENT_METHOD) instanceof String sent ? sent : request.getMethod(),
                path(request),
                query == null ? "" : query,
                Headers.of(fields),
                length(request),
                client == null ? "" : client);
    }

    /** {@return the length of the body as defined by {@link RequestHead#length()}} */
    static long length(HttpServletRequest request) {
        return RequestHead.length(
                request.getContentLengthLong(), request.getHeader("Transfer-Encoding") != null, request.getProtocol());
    }

    /** {@return the path below the application's context path, as it was sent} */
    static String path(HttpServletRequest request) {
        String uri = request.getRequestURI();
        String context = request.getContextPath();
        // The same context path may have been sent in another encoding; the path then belongs to no API.
        return uri.startsWith(context) ? uri.substring(context.length()) : uri;
    }

    /**
     * Reads a request's body; the calling thread waits for it.
     *
     * @param request the request
     * @param maxBytes the most bytes that are read; 0 to read nothing
     * @return the body, {@link Body#tooLarge} if there are more bytes
     * @throws IOException if the body ends early
     */
    public static Body body(HttpServletRequest request, int maxBytes) throws IOException {
        requireNonNull(request, "request");

        return read(request, maxBytes, Alarm.never());
    }

    private static Body read(HttpServletRequest request, int maxBytes, Alarm alarm) throws IOException {
        if (maxBytes == 0) {
            return Body.none();
        }
        InputStream in = request.getInputStream();
        int declared = request.getContentLength();
        // The buffers are wiped: they may hold a password.
        byte[] buffer = new byte[Math.min(declared > 0 ? declared : FIRST_BYTES, maxBytes) + 1];
        int size = 0;
        try {
            while (size <= maxBytes) {
                if (alarm.isOver()) {
                    return Body.late();
                }
                int read = in.read(buffer, size, buffer.length - size);
                if (read < 0) {
                    return Body.of(Arrays.copyOf(buffer, size));
                }
                size += read;
                if (size == buffer.length && size <= maxBytes) {
                    byte[] larger = Arrays.copyOf(buffer, Math.min(2 * size, maxBytes + 1));
                    Arrays.fill(buffer, (byte) 0);
                    buffer = larger;
                }
            }
            return Body.tooLarge();
        } finally {
            Arrays.fill(buffer, (byte) 0);
        }
    }

    /** {@return the body, or why it could not be read to its end; once the alarm has gone off, this thread waits for no more bytes} */
    static Body body(HttpServletRequest request, int maxBytes, Alarm alarm) {
        try {
            return read(request, maxBytes, alarm);
        } catch (IOException cutOff) {
            return unreadable(cutOff);
        }
    }

    /** {@return the body to give to the engine after a failure to read it} */
    static Body unreadable(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TimeoutException || cause instanceof SocketTimeoutException) {
                return Body.late();
            }
        }
        return Body.broken();
    }

    /** Ends the connection: the rest of an HTTP/1 body may still arrive, so the connection cannot carry another request. Later versions have streams. */
    static void giveUp(HttpServletRequest request, HttpServletResponse response) {
        if (request.getProtocol().startsWith("HTTP/1")) {
            response.setHeader("Connection", "close");
        }
    }

    /**
     * How much of an unwanted body is read nevertheless: a client that is still sending would lose the answer if the connection closed (RFC 9112
     * §9.6).
     *
     * @return bytes; 0 for a client that waits for permission to send, which reading would give (RFC 9110 §10.1.1), and for a longer announced body
     */
    static long mostUnread(HttpServletRequest request) {
        return request.getHeader("Expect") != null || request.getContentLengthLong() > MOST_UNREAD ? 0 : MOST_UNREAD;
    }

    /** Reads and discards the rest of a body up to a limit, before the answer is sent; reads no more once the alarm has gone off. */
    static void drain(HttpServletRequest request, Alarm alarm) {
        long most = mostUnread(request);
        if (most == 0) {
            return;
        }
        byte[] some = new byte[8192];
        try {
            InputStream in = request.getInputStream();
            long sum = 0;
            for (int read = 0; read >= 0 && sum <= most && !alarm.isOver(); sum += read) {
                read = in.read(some);
            }
        } catch (IOException | IllegalStateException unreadable) {
            // The client has gone, or the application has read the body as text.
        }
    }

    /**
     * Sends an answer.
     *
     * @param answer the answer
     * @param response a response that has not been committed
     * @throws IOException if the client has gone
     */
    public static void send(Answer answer, HttpServletResponse response) throws IOException {
        requireNonNull(answer, "answer");
        requireNonNull(response, "response");

        byte[] body = answer.body();
        setHead(answer, response);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /**
     * Sets the status and the headers of an answer, for an adapter that sends the body itself. Fields of the same name that the application has set
     * before are replaced, except that {@code Vary} keeps the names in it.
     *
     * @param answer the answer
     * @param response a response that has not been committed
     */
    public static void setHead(Answer answer, HttpServletResponse response) {
        requireNonNull(answer, "answer");
        requireNonNull(response, "response");

        response.setStatus(answer.status());
        answer.replacedHeaders().forEach(name -> remove(name, response));
        answer.headers().forEach((name, value) -> {
            if (name.equalsIgnoreCase("Set-Cookie")) {
                response.addHeader(name, value);
            } else if (name.equalsIgnoreCase("Vary")) {
                response.setHeader(name, joined(response.getHeaders(name), value));
            } else {
                response.setHeader(name, value);
            }
        });
    }

    private static void remove(String name, HttpServletResponse response) {
        if (response.containsHeader(name)) {
            response.setHeader(name, null);
        }
        if (response.containsHeader(name)) {
            // Before Servlet 6.1 a container may ignore null; to a browser, the empty text allows nothing.
            response.setHeader(name, "");
        }
    }

    /** A list that has each name once, in any case (RFC 9110 §5.6.1). */
    private static String joined(Collection<String> present, String more) {
        Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        return Stream.concat(present.stream(), Stream.of(more))
                .flatMap(line -> NAMES.splitToStream(line))
                .filter(seen::add)
                .collect(Collectors.joining(", "));
    }
}
