package dev.countersign.servlet;

import static java.util.Objects.requireNonNull;

import dev.countersign.api.Answer;
import dev.countersign.api.Body;
import dev.countersign.api.Headers;
import dev.countersign.api.RequestHead;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Bytes in and bytes out, for an adapter to a servlet container that does the rest itself. {@link LoginFilter} is one. */
public final class ServletTransport {

    /** The request attribute with the method of the first line, where a filter has hidden one that a framework must not see. */
    public static final String SENT_METHOD = ServletTransport.class.getName() + ".method";

    private static final int FIRST_BYTES = 1024;

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
        for (String name : Collections.list(request.getHeaderNames())) {
            for (String value : Collections.list(request.getHeaders(name))) {
                fields.add(Map.entry(name, value));
            }
        }
        String query = request.getQueryString();
        String client = request.getRemoteAddr();
        return new RequestHead(
                request.getAttribute(SENT_METHOD) instanceof String sent ? sent : request.getMethod(),
                path(request),
                query == null ? "" : query,
                Headers.of(fields),
                RequestHead.length(
                        request.getContentLengthLong(),
                        request.getHeader("Transfer-Encoding") != null,
                        request.getProtocol()),
                client == null ? "" : client);
    }

    /** {@return the path below the application's context path, as it was sent} */
    static String path(HttpServletRequest request) {
        return request.getRequestURI().substring(request.getContextPath().length());
    }

    /**
     * Reads a request's body; this thread waits for it.
     *
     * @param request the request
     * @param maxBytes the most bytes that are read; 0 to read nothing
     * @return the body, {@link Body#tooLarge} if there are more bytes
     * @throws IOException if the body ends before its end
     */
    public static Body body(HttpServletRequest request, int maxBytes) throws IOException {
        requireNonNull(request, "request");

        if (maxBytes == 0) {
            return Body.none();
        }
        InputStream in = request.getInputStream();
        int declared = request.getContentLength();
        // The buffers on the way are wiped: they may hold a password.
        byte[] buffer = new byte[Math.min(declared > 0 ? declared : FIRST_BYTES, maxBytes) + 1];
        int size = 0;
        try {
            while (size <= maxBytes) {
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
        response.setStatus(answer.status());
        answer.headers().forEach((name, value) -> {
            if (name.equalsIgnoreCase("Set-Cookie")) {
                response.addHeader(name, value);
            } else {
                response.setHeader(name, value);
            }
        });
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
