package dev.countersign.javalin.wire;

import com.google.common.io.ByteStreams;
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
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import org.eclipse.jetty.http.MimeTypes;
import org.jspecify.annotations.Nullable;

/** Reads a request's body: bounded, by its media type, strictly. */
final class RawBody {

    private final int maxBytes;

    RawBody(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** The body as JSON, whatever its media type was. */
    JsonObject read(Context context, RequestShape shape) throws RefusedException {
        byte[] bytes = bytes(context);
        if (bytes.length == 0 && shape.emptyBody()) {
            return JsonObject.EMPTY;
        }
        String header = context.header("Content-Type");
        BodyKind kind = kind(header, shape);
        if (kind == null) {
            throw new RefusedException(Reason.UNSUPPORTED_MEDIA_TYPE);
        }
        try {
            return switch (kind) {
                case JSON -> object(JsonText.read(bytes));
                case FORM -> FormBody.urlEncoded(bytes);
                case MULTIPART -> FormBody.multipart(bytes, header == null ? "" : header);
            };
        } catch (JsonSyntaxException | MalformedFormException unreadable) {
            throw new RefusedException(Reason.UNPARSEABLE_BODY);
        }
    }

    private byte[] bytes(Context context) throws RefusedException {
        if (context.req().getContentLengthLong() > maxBytes) {
            throw new RefusedException(Reason.BODY_TOO_LARGE);
        }
        try {
            byte[] bytes =
                    ByteStreams.toByteArray(ByteStreams.limit(context.req().getInputStream(), maxBytes + 1L));
            if (bytes.length == 0) {
                // A handler before may have read it; Javalin has kept it then.
                bytes = context.bodyAsBytes();
            }
            if (bytes.length > maxBytes) {
                throw new RefusedException(Reason.BODY_TOO_LARGE);
            }
            return bytes;
        } catch (ContentTooLargeResponse beyondTheApplicationsLimit) {
            throw new RefusedException(Reason.BODY_TOO_LARGE);
        } catch (IOException cutOff) {
            throw new RefusedException(Reason.UNPARSEABLE_BODY);
        }
    }

    private static @Nullable BodyKind kind(@Nullable String header, RequestShape shape) {
        if (header == null || header.isBlank()) {
            return shape.assumed();
        }
        return BodyKind.of(mediaType(header))
                .filter(kind -> shape.mediaTypes().contains(kind) && isUtf8(header))
                .orElse(null);
    }

    static String mediaType(String header) {
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
