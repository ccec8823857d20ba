package dev.countersign.javalin.wire;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.countersign.json.Json;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.eclipse.jetty.http.MimeTypes;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.UrlEncoded;

/** Forms as JSON: {@code user[email]=x} is the member email of the member user. Values are texts; files are not read. */
final class FormBody {

    private static final int MAX_FIELDS = 100;
    private static final int MAX_DEPTH = 8;
    // RFC 7578 §4.7 deprecates the others; a password in base64 is another password.
    private static final ImmutableSet<String> UNENCODED = ImmutableSet.of("7bit", "8bit", "binary");

    private final Map<String, Object> members = new LinkedHashMap<>();
    private int count;

    private FormBody() {}

    static JsonObject urlEncoded(byte[] bytes) throws MalformedFormException {
        // Before anything is decoded: a megabyte of separators is no work.
        int separators = 0;
        for (byte b : bytes) {
            separators += b == '&' ? 1 : 0;
        }
        if (separators > MAX_FIELDS) {
            throw new MalformedFormException("too many fields");
        }
        String text = utf8(ByteBuffer.wrap(bytes));
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        try {
            if (!UrlEncoded.decodeUtf8To(text, 0, text.length(), (name, value) -> fields.add(Map.entry(name, value)))) {
                throw new MalformedFormException("a form with a bad escape");
            }
        } catch (IllegalArgumentException badEscape) {
            throw new MalformedFormException("a form with a bad escape");
        }
        FormBody form = new FormBody();
        for (Map.Entry<String, String> field : fields) {
            form.put(field.getKey(), field.getValue());
        }
        return json(form.members);
    }

    static JsonObject multipart(byte[] bytes, String contentType) throws MalformedFormException {
        String boundary = boundary(contentType);
        MultiPartFormData.Parser parser = new MultiPartFormData.Parser(boundary);
        parser.setMaxParts(MAX_FIELDS);
        // The whole body is in memory and bounded already; nothing is spilled to a file.
        parser.setMaxMemoryFileSize(bytes.length);
        parser.setUseFilesForPartsWithoutFileName(false);
        FormBody form = new FormBody();
        try (MultiPartFormData.Parts parts = parts(parser, bytes)) {
            for (MultiPart.Part part : parts) {
                if (part.getFileName() == null && part.getName() != null) {
                    form.put(part.getName(), text(part));
                }
            }
            return json(form.members);
        } catch (CompletionException | IllegalStateException | IllegalArgumentException malformed) {
            throw new MalformedFormException("not a multipart form");
        }
    }

    private static String boundary(String contentType) throws MalformedFormException {
        try {
            String boundary = MultiPart.extractBoundary(contentType);
            if (boundary != null && !boundary.isEmpty()) {
                return boundary;
            }
        } catch (IllegalArgumentException unreadable) {
            // As good as none.
        }
        throw new MalformedFormException("a multipart form without boundary");
    }

    private static MultiPartFormData.Parts parts(MultiPartFormData.Parser parser, byte[] bytes) {
        CompletableFuture<MultiPartFormData.Parts> parts = new CompletableFuture<>();
        parser.parse(Content.Source.from(ByteBuffer.wrap(bytes)), Promise.Invocable.toPromise(parts));
        return parts.join();
    }

    private static String text(MultiPart.Part part) throws MalformedFormException {
        String type = part.getHeaders().get("Content-Type");
        String charset = type == null ? null : MimeTypes.getCharsetFromContentType(type);
        if (charset != null && !charset.equalsIgnoreCase("utf-8")) {
            throw new MalformedFormException("a part that is not UTF-8");
        }
        String encoding = part.getHeaders().get("Content-Transfer-Encoding");
        if (encoding != null && !UNENCODED.contains(encoding.strip().toLowerCase(Locale.ROOT))) {
            throw new MalformedFormException("a part that is encoded");
        }
        try {
            return utf8(Content.Source.asByteBuffer(part.getContentSource()));
        } catch (IOException unreadable) {
            throw new MalformedFormException("a part that cannot be read");
        }
    }

    private void put(String name, String value) throws MalformedFormException {
        if (++count > MAX_FIELDS) {
            throw new MalformedFormException("too many fields");
        }
        List<String> path = path(name);
        Map<String, Object> here = members;
        for (String segment : path.subList(0, path.size() - 1)) {
            Object inner = here.computeIfAbsent(segment, absent -> new LinkedHashMap<String, Object>());
            here = asMembers(inner);
        }
        if (here.putIfAbsent(path.get(path.size() - 1), value) != null) {
            throw new MalformedFormException("a field stands twice");
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asMembers(Object inner) throws MalformedFormException {
        if (inner instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw new MalformedFormException("a field stands twice");
    }

    /** The segments of a name such as {@code user[email]}, read in one pass up to the deepest that is taken. */
    private static List<String> path(String name) throws MalformedFormException {
        int at = name.indexOf('[') < 0 ? name.length() : name.indexOf('[');
        List<String> path = new ArrayList<>();
        path.add(name.substring(0, at));
        while (at < name.length() && path.size() <= MAX_DEPTH) {
            int end = name.indexOf(']', at);
            if (name.charAt(at) != '[' || end < 0) {
                throw new MalformedFormException("a field's name");
            }
            path.add(name.substring(at + 1, end));
            at = end + 1;
        }
        if (path.size() > MAX_DEPTH || path.stream().anyMatch(FormBody::isNoSegment)) {
            throw new MalformedFormException("a field's name, or a field nested too deeply");
        }
        return path;
    }

    private static boolean isNoSegment(String segment) {
        return segment.isEmpty() || segment.indexOf('[') >= 0 || segment.indexOf(']') >= 0;
    }

    private static JsonObject json(Map<?, ?> members) {
        ImmutableMap.Builder<String, Json> json = ImmutableMap.builder();
        members.forEach((name, value) -> json.put(
                (String) name, value instanceof Map<?, ?> inner ? json(inner) : new JsonString((String) value)));
        return new JsonObject(json.buildOrThrow());
    }

    private static String utf8(ByteBuffer bytes) throws MalformedFormException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException notUtf8) {
            throw new MalformedFormException("not UTF-8");
        }
    }
}
