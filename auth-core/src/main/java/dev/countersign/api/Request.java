package dev.countersign.api;

import static java.util.Objects.requireNonNull;

/**
 * A request with its body.
 *
 * @param head the request line and headers
 * @param body the body; {@link Body#none} where {@link Plan} asks for none
 */
public record Request(RequestHead head, Body body) {

    /** Rejects null components. */
    public Request {
        requireNonNull(head, "head");
        requireNonNull(body, "body");
    }

    /**
     * A request without body, for tests and programs.
     *
     * @param method the method, such as {@code GET}
     * @param target the path, and the query after a {@code ?} if there is one, both percent-encoded
     * @return the request
     */
    public static Request of(String method, String target) {
        requireNonNull(method, "method");
        requireNonNull(target, "target");

        int mark = target.indexOf('?');
        return new Request(
                new RequestHead(
                        method,
                        mark < 0 ? target : target.substring(0, mark),
                        mark < 0 ? "" : target.substring(mark + 1),
                        Headers.NONE,
                        0,
                        ""),
                Body.none());
    }

    /**
     * The same request with one more header line.
     *
     * @param name the header's name
     * @param value its value
     * @return the request
     */
    public Request header(String name, String value) {
        requireNonNull(name, "name");
        requireNonNull(value, "value");

        return new Request(
                new RequestHead(
                        head.method(),
                        head.path(),
                        head.query(),
                        head.headers().with(name, value),
                        head.length(),
                        head.client()),
                body);
    }

    /**
     * The same request with a body.
     *
     * @param text the body's text, sent in UTF-8
     * @return the request
     */
    public Request body(String text) {
        requireNonNull(text, "text");

        Body whole = Body.of(text);
        return new Request(
                new RequestHead(
                        head.method(), head.path(), head.query(), head.headers(), whole.length(), head.client()),
                whole);
    }

    /**
     * The same request with a JSON body and its media type.
     *
     * @param text the JSON
     * @return the request
     */
    public Request json(String text) {
        requireNonNull(text, "text");

        return header("Content-Type", "application/json").body(text);
    }
}
