package dev.countersign.api;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableSet;
import dev.countersign.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** An HTTP answer: a status, header fields (cookies are {@code Set-Cookie} fields) and a body. It may hold a token. Immutable. */
@Secret
public final class Answer {

    private final int status;
    private final Headers headers;
    private final byte[] body;
    private final ImmutableSet<String> replaced;

    private Answer(int status, Headers headers, byte[] body, ImmutableSet<String> replaced) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.replaced = replaced;
    }

    /**
     * An answer.
     *
     * @param status the HTTP status, 100 to 599
     * @param headers the header fields
     * @param body the body; empty for none
     * @return the answer
     * @throws IllegalArgumentException if the status is out of range
     */
    public static Answer of(int status, Headers headers, byte[] body) {
        requireNonNull(headers, "headers");
        requireNonNull(body, "body");
        if (status < 100 || status > 599) {
            throw new IllegalArgumentException("a status has three digits, 100 to 599: " + status);
        }
        return new Answer(status, headers, body.clone(), ImmutableSet.of());
    }

    /** The same answer with other header fields, which alone decides on some of them. */
    Answer with(Headers newHeaders, ImmutableSet<String> names) {
        return new Answer(status, newHeaders, body, names);
    }

    /** {@return the HTTP status} */
    public int status() {
        return status;
    }

    /** {@return the header fields; there is no {@code Content-Length}, and no {@code Content-Type} where there is no body} */
    public Headers headers() {
        return headers;
    }

    /**
     * {@return the names of header fields that only this answer may have: an adapter removes those that the application has set before, such as the
     * CORS headers for an origin that the API does not allow}
     */
    public Set<String> replacedHeaders() {
        return replaced;
    }

    /** {@return a copy of the body; it is not sent in the answer to a HEAD request (RFC 9110 §9.3.2)} */
    public byte[] body() {
        return body.clone();
    }

    /** {@return the body as text} */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** {@return only status and length} */
    @Override
    public String toString() {
        return "Answer[" + status + ", " + body.length + " bytes]";
    }
}
