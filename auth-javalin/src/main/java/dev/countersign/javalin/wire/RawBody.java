package dev.countersign.javalin.wire;

import com.google.common.base.Splitter;
import dev.countersign.dialect.BodyKind;
import dev.countersign.dialect.Reason;
import dev.countersign.dialect.RequestShape;
import dev.countersign.json.Json;
import dev.countersign.json.JsonObject;
import dev.countersign.json.text.JsonSyntaxException;
import dev.countersign.json.text.JsonText;
import io.javalin.http.ContentTooLargeResponse;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jetty.http.MimeTypes;

/** Reads a request's body: bounded, by its media type, strictly. */
final class RawBody {

    private static final int FIRST_BYTES = 1024;

    private final int maxBytes;

    RawBody(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    int maxBytes() {
        return maxBytes;
    }

    /** Why a body cannot be read, as far as the head shows it. */
    Optional<Reason> refusal(RequestHead head, RequestShape shape) {
        if (head.length() > maxBytes) {
            return Optional.of(Reason.BODY_TOO_LARGE);
        }
        // A body of unknown length may be empty.
        boolean sent = head.length() > 0 || (head.length() < 0 && !mayBeEmpty(shape));
        return sent && (isEncoded(head) || kind(head, shape).isEmpty())
                ? Optional.of(Reason.UNSUPPORTED_MEDIA_TYPE)
                : Optional.empty();
    }

    /** The body as JSON, whatever its media type was. */
    JsonObject read(Context context, RequestShape shape) throws RefusedException {
        RequestHead head = new ContextHead(context);
        Optional<Reason> refusal = refusal(head, shape);
        if (refusal.isPresent()) {
            throw new RefusedException(refusal.get());
        }
        byte[] bytes = bytes(context, Math.max(0, (int) head.length()));
        if (bytes.length == 0 && mayBeEmpty(shape)) {
            return JsonObject.EMPTY;
        }
        try {
            return parse(bytes, head, shape);
        } finally {
            // It may hold a password.
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** A body that could hold a token and nothing else need not be there. */
    private static boolean mayBeEmpty(RequestShape shape) {
        return shape.emptyBody() || !shape.hasBody();
    }

    private static JsonObject parse(byte[] bytes, RequestHead head, RequestShape shape) throws RefusedException {
        BodyKind kind = kind(head, shape).orElseThrow(() -> new RefusedException(Reason.UNSUPPORTED_MEDIA_TYPE));
        if (isEncoded(head)) {
            throw new RefusedException(Reason.UNSUPPORTED_MEDIA_TYPE);
        }
        try {
            return switch (kind) {
                case JSON -> object(JsonText.read(bytes));
                case FORM -> FormBody.urlEncoded(bytes);
                case MULTIPART -> FormBody.multipart(bytes, mediaType(head).orElse(""));
            };
        } catch (JsonSyntaxException | MalformedFormException unreadable) {
            throw new RefusedException(Reason.UNPARSEABLE_BODY);
        }
    }

    private byte[] bytes(Context context, int expected) throws RefusedException {
        try {
            byte[] bytes = bytes(context.req().getInputStream(), expected);
            if (bytes.length == 0) {
                // A handler before may have read it; Javalin has kept it then.
                bytes = context.bodyAsBytes().clone();
            }
            if (bytes.length > maxBytes) {
                throw new RefusedException(Reason.BODY_TOO_LARGE);
            }
            return bytes;
        } catch (ContentTooLargeResponse beyondTheApplicationsLimit) {
            throw new RefusedException(Reason.BODY_TOO_LARGE);
        } catch (IOException cutOff) {
            throw new RefusedException(UnreadBody.reason(context));
        }
    }

    /** All bytes up to one more than the limit; the buffers on the way are wiped. */
    private byte[] bytes(InputStream in, int expected) throws IOException {
        byte[] buffer = new byte[Math.min(expected > 0 ? expected : FIRST_BYTES, maxBytes) + 1];
        int size = 0;
        try {
            while (size <= maxBytes) {
                int read = in.read(buffer, size, buffer.length - size);
                if (read < 0) {
                    break;
                }
                size += read;
                if (size == buffer.length && size <= maxBytes) {
                    byte[] larger = Arrays.copyOf(buffer, Math.min(2 * size, maxBytes + 1));
                    Arrays.fill(buffer, (byte) 0);
                    buffer = larger;
                }
            }
            return Arrays.copyOf(buffer, size);
        } finally {
            Arrays.fill(buffer, (byte) 0);
        }
    }

    private static Optional<BodyKind> kind(RequestHead head, RequestShape shape) {
        Optional<String> header = mediaType(head).filter(type -> !type.isBlank());
        return header.isEmpty()
                ? Optional.ofNullable(shape.assumed())
                : header.filter(RawBody::isUtf8)
                        .flatMap(type -> BodyKind.of(withoutParameters(type)))
                        .filter(shape.mediaTypes()::contains);
    }

    private static Optional<String> mediaType(RequestHead head) {
        return head.headers("Content-Type").stream().findFirst();
    }

    /** Whether the body has been coded in a way that is not undone here: compressed, for example. */
    static boolean isEncoded(RequestHead head) {
        return codings(head, "Content-Encoding").anyMatch(coding -> !coding.equalsIgnoreCase("identity"))
                || codings(head, "Transfer-Encoding").anyMatch(coding -> !coding.equalsIgnoreCase("chunked"));
    }

    private static Stream<String> codings(RequestHead head, String header) {
        Splitter list = Splitter.on(',').trimResults().omitEmptyStrings();
        return head.headers(header).stream().flatMap(list::splitToStream);
    }

    static String withoutParameters(String header) {
        int semicolon = header.indexOf(';');
        return (semicolon < 0 ? header : header.substring(0, semicolon)).strip();
    }

    private static boolean isUtf8(String header) {
        String charset = MimeTypes.getCharsetFromContentType(header);
        try {
            return charset == null || Charset.forName(charset).equals(StandardCharsets.UTF_8);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return false;
        }
    }

    private static JsonObject object(Json json) throws RefusedException {
        if (json instanceof JsonObject object) {
            return object;
        }
        throw new RefusedException(Reason.UNPARSEABLE_BODY);
    }
}
