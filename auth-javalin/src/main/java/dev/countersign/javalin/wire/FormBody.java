package dev.countersign.javalin.wire;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import dev.countersign.json.Json;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.user.AttributeChange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.MimeTypes;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.UrlEncoded;

/** Forms as JSON: {@code user[email]=x} is the member email of the member user. Values are texts; files are not read. */
final class FormBody {

    private static final int MAX_FIELDS = 100;
    private static final int MAX_DEPTH = 8;
    private static final Pattern NAME = Pattern.compile("([^\\[\\]]+)((?:\\[[^\\[\\]]+])*)");

    private JsonObject body = JsonObject.EMPTY;
    private int count;

    private FormBody() {}

    static JsonObject urlEncoded(byte[] bytes) throws MalformedFormException {
        FormBody form = new FormBody();
        String text = utf8(ByteBuffer.wrap(bytes));
        Fields fields = new Fields(true);
        try {
            if (!UrlEncoded.decodeUtf8To(text, 0, text.length(), fields::add)) {
                throw new MalformedFormException("a form with a bad escape");
            }
        } catch (IllegalArgumentException badEscape) {
            throw new MalformedFormException("a form with a bad escape");
        }
        for (Fields.Field field : fields) {
            if (field.hasMultipleValues()) {
                throw new MalformedFormException("a field stands twice");
            }
            form.put(field.getName(), field.getValue());
        }
        return form.body;
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
            return form.body;
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
        try {
            return utf8(Content.Source.asByteBuffer(part.getContentSource()));
        } catch (IOException unreadable) {
            throw new MalformedFormException("a part that cannot be read");
        }
    }

    private void put(String name, String value) throws MalformedFormException {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches() || ++count > MAX_FIELDS) {
            throw new MalformedFormException("a field's name, or too many fields");
        }
        ImmutableList<String> path = ImmutableList.<String>builder()
                .add(matcher.group(1))
                .addAll(Splitter.on(Pattern.compile("[\\[\\]]+"))
                        .omitEmptyStrings()
                        .split(matcher.group(2)))
                .build();
        if (path.size() > MAX_DEPTH) {
            throw new MalformedFormException("a field nested too deeply");
        }
        Json before = body;
        for (String part : path) {
            before = before instanceof JsonObject object ? object.get(part).orElse(JsonObject.EMPTY) : before;
        }
        if (!before.equals(JsonObject.EMPTY)) {
            throw new MalformedFormException("a field stands twice");
        }
        body = AttributeChange.apply(body, ImmutableList.of(new AttributeChange(path, new JsonString(value))));
    }

    private static String utf8(ByteBuffer bytes) throws MalformedFormException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException notUtf8) {
            throw new MalformedFormException("not UTF-8");
        }
    }
}
