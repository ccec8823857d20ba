package dev.countersign.javalin.http;

import com.google.common.base.Splitter;
import dev.countersign.json.Json;
import dev.countersign.json.JsonPointer;
import dev.countersign.json.text.JsonSyntaxException;
import dev.countersign.json.text.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An answer as it came over the wire.
 *
 * @param status the status
 * @param headerLines the header lines
 * @param body the body
 */
public record RawAnswer(int status, List<String> headerLines, String body) {

    public static RawAnswer parse(byte[] bytes, boolean head) {
        String all = new String(bytes, StandardCharsets.UTF_8);
        int end = all.indexOf("\r\n\r\n");
        if (!all.startsWith("HTTP/1.1 ") || end < 0) {
            throw new IllegalStateException("this is no HTTP answer: " + all);
        }
        List<String> lines = Splitter.on("\r\n").splitToList(all.substring(0, end));
        String rest = all.substring(end + 4);
        RawAnswer answer = new RawAnswer(
                Integer.parseInt(lines.get(0).substring(9, 12)), List.copyOf(lines.subList(1, lines.size())), rest);
        if (head && !rest.isEmpty()) {
            throw new IllegalStateException("an answer to HEAD has no body: " + rest);
        }
        return answer.all("Transfer-Encoding").isEmpty()
                ? answer
                : new RawAnswer(answer.status, answer.headerLines, unchunked(rest));
    }

    private static String unchunked(String chunks) {
        byte[] bytes = chunks.getBytes(StandardCharsets.UTF_8);
        StringBuilder body = new StringBuilder();
        int at = 0;
        while (at < bytes.length) {
            int line = at;
            while (bytes[line] != '\r') {
                line++;
            }
            int size = Integer.parseInt(new String(bytes, at, line - at, StandardCharsets.US_ASCII), 16);
            body.append(new String(bytes, line + 2, size, StandardCharsets.UTF_8));
            at = line + 2 + size + 2;
        }
        return body.toString();
    }

    /** The values of a header, in the order they came in. */
    public List<String> all(String name) {
        return headerLines.stream()
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .toList();
    }

    /** The only value of a header; empty text if there is none. */
    public String header(String name) {
        List<String> all = all(name);
        if (all.size() > 1) {
            throw new IllegalStateException(name + " stands " + all.size() + " times: " + all);
        }
        return all.isEmpty() ? "" : all.get(0);
    }

    /** The body as JSON. */
    public Json json() {
        try {
            return JsonText.read(body);
        } catch (JsonSyntaxException notJson) {
            throw new IllegalStateException("this is no JSON: " + body, notJson);
        }
    }

    /** A text in the body, or what else is there as JSON text. */
    public String text(String pointer) {
        Json found = JsonPointer.parse(pointer).in(json()).orElseThrow();
        return found.asString().orElseGet(() -> JsonText.write(found));
    }
}
