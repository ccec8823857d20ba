package dev.countersign.api;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.countersign.json.Json;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.fileupload.FileItemIterator;
import org.apache.commons.fileupload.FileItemStream;
import org.apache.commons.fileupload.FileUpload;
import org.apache.commons.fileupload.FileUploadException;
import org.apache.commons.fileupload.UploadContext;

/** Parses forms into JSON: {@code user[email]=x} is the member email of the member user. Values are strings; files are not read. */
final class FormBody {

    private static final int MAX_FIELDS = 100;
    private static final int MAX_DEPTH = 8;
    private static final int MAX_PART_HEADERS = 8192;
    private static final char REPLACEMENT = '\ufffd';
    // RFC 7578 §4.7 deprecates other encodings; reading a base64 value undecoded would change the password.
    private static final ImmutableSet<String> UNENCODED = ImmutableSet.of("7bit", "8bit", "binary");

    private final Map<String, Object> members = new LinkedHashMap<>();
    private int count;

    private FormBody() {}

    static JsonObject urlEncoded(byte[] bytes) throws MalformedFormException {
        // Counted before decoding, so that a megabyte of separators costs nothing.
        int separators = 0;
        for (byte b : bytes) {
            separators += b == '&' ? 1 : 0;
        }
        if (separators > MAX_FIELDS) {
            throw new MalformedFormException("too many fields");
        }
        FormBody form = new FormBody();
        for (Map.Entry<String, String> field : UrlEncoding.form(UrlEncoding.utf8(ByteBuffer.wrap(bytes)))) {
            form.put(field.getKey(), field.getValue());
        }
        return json(form.members);
    }

    static JsonObject multipart(byte[] bytes, String contentType) throws MalformedFormException {
        FileUpload reader = new FileUpload();
        reader.setHeaderEncoding(StandardCharsets.UTF_8.name());
        reader.setPartHeaderSizeMax(MAX_PART_HEADERS);
        FormBody form = new FormBody();
        try {
            FileItemIterator parts = reader.getItemIterator(new Multipart(bytes, contentType));
            int count = 0;
            for (; parts.hasNext() && count < MAX_FIELDS; count++) {
                FileItemStream part = parts.next();
                if (part.getName() == null) {
                    form.put(wellFormed(part.getFieldName()), text(part));
                }
            }
            // A multipart body has at least one part (RFC 2046 §5.1.1).
            if (count == 0 || parts.hasNext()) {
                throw new MalformedFormException("no parts, or too many");
            }
            return json(form.members);
        } catch (FileUploadException | IOException | IllegalArgumentException malformed) {
            throw new MalformedFormException("not a multipart form");
        }
    }

    /** A body in memory, for the upload library. */
    private static final class Multipart implements UploadContext {

        private final byte[] bytes;
        private final String contentType;

        Multipart(byte[] bytes, String contentType) {
            this.bytes = bytes;
            this.contentType = contentType;
        }

        @Override
        public String getCharacterEncoding() {
            return StandardCharsets.UTF_8.name();
        }

        @Override
        public String getContentType() {
            return contentType;
        }

        @Override
        @Deprecated
        public int getContentLength() {
            return bytes.length;
        }

        @Override
        public long contentLength() {
            return bytes.length;
        }

        @Override
        public InputStream getInputStream() {
            return new ByteArrayInputStream(bytes);
        }
    }

    private static String wellFormed(String name) throws MalformedFormException {
        if (name.indexOf(REPLACEMENT) >= 0) {
            throw new MalformedFormException("a part's name that is not UTF-8");
        }
        return name;
    }

    private static String text(FileItemStream part) throws MalformedFormException, IOException {
        String type = part.getContentType();
        if (type != null && !new MediaType(type).isUtf8()) {
            throw new MalformedFormException("a part that is not UTF-8");
        }
        String encoding = part.getHeaders().getHeader("Content-Transfer-Encoding");
        if (encoding != null && !UNENCODED.contains(encoding.strip().toLowerCase(Locale.ROOT))) {
            throw new MalformedFormException("a part that is encoded");
        }
        return UrlEncoding.utf8(ByteBuffer.wrap(part.openStream().readAllBytes()));
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

    /** The segments of a name such as {@code user[email]}, parsed in one pass up to the maximum depth. */
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
}
