package dev.countersign.api;

import static java.util.Objects.requireNonNull;

/**
 * A request without its body: everything that is known before the body arrives.
 *
 * @param method the method of the request line; method-override headers are ignored
 * @param path the path as sent, still percent-encoded, without the application's context path; begins with {@code /}
 * @param query the query as sent, without {@code ?}; empty if there is none
 * @param headers the header fields
 * @param length the declared number of bytes of the body; 0 without a body, {@link #UNKNOWN_LENGTH} if the request does not declare it
 * @param client the address of the connection's peer: the client or a reverse proxy, see {@link TrustedProxies}; empty if unknown
 */
public record RequestHead(String method, String path, String query, Headers headers, long length, String client) {

    /** The length of a body whose length is not declared. */
    public static final long UNKNOWN_LENGTH = -1;

    /** Rejects null components, and a length below -1. */
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
     * The length of a body as HTTP declares it: in HTTP/1 by a length or a transfer coding (RFC 9112 §6); later versions can have a body without
     * either.
     *
     * @param declared the declared length; -1 if there is none
     * @param isCoded whether the request has a transfer coding
     * @param protocol the version, such as {@code HTTP/1.1}
     * @return the length as defined by {@link #length()}
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
