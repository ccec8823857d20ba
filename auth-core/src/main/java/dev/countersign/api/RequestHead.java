package dev.countersign.api;

import static java.util.Objects.requireNonNull;

/**
 * A request without its body: what is known before the body has arrived.
 *
 * @param method the method of the request's first line; a header that claims another one does not count
 * @param path the path as it was sent, still percent-encoded, without the application's context path; begins with {@code /}
 * @param query the query as it was sent, without {@code ?}; empty if there is none
 * @param headers the header fields
 * @param length the bytes of the body as declared; 0 without a body, {@link #UNKNOWN_LENGTH} if the request does not say how many
 * @param client the client's address for logs and limits; empty if it is not known
 */
public record RequestHead(String method, String path, String query, Headers headers, long length, String client) {

    /** The length of a body that ends when it ends. */
    public static final long UNKNOWN_LENGTH = -1;

    /** Refuses what is missing, and a length below -1. */
    public RequestHead {
        requireNonNull(method, "method");
        requireNonNull(path, "path");
        requireNonNull(query, "query");
        requireNonNull(headers, "headers");
        requireNonNull(client, "client");
        if (length < UNKNOWN_LENGTH) {
            throw new IllegalArgumentException("a length is -1 or more: " + length);
        }
    }

    /**
     * The length of a body as HTTP declares it: HTTP/1 by a length or a transfer coding (RFC 9112 §6), while later versions may have a body without either.
     *
     * @param declared the declared length; -1 if there is none
     * @param isCoded whether there is a transfer coding
     * @param protocol the version, such as {@code HTTP/1.1}
     * @return the length as {@link #length()} has it
     */
    public static long length(long declared, boolean isCoded, String protocol) {
        requireNonNull(protocol, "protocol");

        return declared < 0 && !isCoded && protocol.startsWith("HTTP/1") ? 0 : Math.max(declared, UNKNOWN_LENGTH);
    }

    /** {@return method and path; the query and the headers may hold secrets} */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
