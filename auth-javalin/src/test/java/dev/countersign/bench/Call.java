package dev.countersign.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A request, and what its answer has to be.
 *
 * @param request the request's bytes
 * @param status the status
 * @param content a part of the body
 */
record Call(ByteBuffer request, int status, String content) {

    static Call get(String path, String token, String content) {
        String head =
                "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\n" + token + "\r\n\r\n";
        return new Call(bytes(head), 200, content);
    }

    static Call post(String path, String json, int status, String content) {
        String head = "POST " + path
                + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: "
                + json.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n";
        return new Call(bytes(head + json), status, content);
    }

    /** The same request to another path, whose answer may have any body. */
    Call to(String path, String other, int answer) {
        String text = StandardCharsets.UTF_8.decode(request.duplicate()).toString();
        return new Call(bytes(text.replaceFirst(path, other)), answer, "");
    }

    private static ByteBuffer bytes(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }
}
