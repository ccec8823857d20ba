package dev.countersign.api;

import com.google.common.base.Splitter;
import dev.countersign.dialect.BodyKind;
import dev.countersign.dialect.Reason;
import dev.countersign.dialect.RequestShape;
import dev.countersign.json.Json;
import dev.countersign.json.JsonObject;
import dev.countersign.json.text.JsonSyntaxException;
import dev.countersign.json.text.JsonText;
import java.util.Optional;
import java.util.stream.Stream;

/** Parses a request's body strictly, within limits, by its media type. */
final class BodyParser {

    private final int maxBytes;

    BodyParser(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    int maxBytes() {
        return maxBytes;
    }

    /** The reason to refuse a body, as far as the head shows one. */
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

    /** Parses the body into JSON, from whichever media type it has. */
    JsonObject read(Exchange exchange, RequestShape shape) throws RefusedRequest {
        Optional<Reason> refusal =
                refusal(exchange.head(), shape).or(() -> exchange.body().unreadable());
        if (refusal.isPresent()) {
            throw new RefusedRequest(refusal.get());
        }
        byte[] bytes = exchange.body().bytes();
        if (bytes.length > maxBytes) {
            throw new RefusedRequest(Reason.BODY_TOO_LARGE);
        }
        return bytes.length == 0 && mayBeEmpty(shape) ? JsonObject.EMPTY : parse(bytes, exchange.head(), shape);
    }

    /** A body that could contain only a token may be empty. */
    private static boolean mayBeEmpty(RequestShape shape) {
        return shape.emptyBody() || !shape.hasBody();
    }

    private static JsonObject parse(byte[] bytes, RequestHead head, RequestShape shape) throws RefusedRequest {
        BodyKind kind = kind(head, shape).orElseThrow(() -> new RefusedRequest(Reason.UNSUPPORTED_MEDIA_TYPE));
        if (isEncoded(head)) {
            throw new RefusedRequest(Reason.UNSUPPORTED_MEDIA_TYPE);
        }
        try {
            return switch (kind) {
                case JSON -> object(JsonText.read(bytes));
                case FORM -> FormBody.urlEncoded(bytes);
                case MULTIPART -> FormBody.multipart(bytes, mediaType(head).orElse(""));
            };
        } catch (JsonSyntaxException | MalformedFormException unreadable) {
            throw new RefusedRequest(Reason.UNPARSEABLE_BODY);
        }
    }

    private static Optional<BodyKind> kind(RequestHead head, RequestShape shape) {
        // Two that differ are read in one way by a proxy and in another one here (RFC 9110 §8.3).
        if (head.headers().all("Content-Type").stream().distinct().count() > 1) {
            return Optional.empty();
        }
        Optional<MediaType> sent =
                mediaType(head).filter(type -> !type.isBlank()).map(MediaType::new);
        return sent.isEmpty()
                ? Optional.ofNullable(shape.assumed())
                : sent.filter(MediaType::isUtf8)
                        .flatMap(type -> BodyKind.of(type.withoutParameters()))
                        .filter(shape.mediaTypes()::contains);
    }

    private static Optional<String> mediaType(RequestHead head) {
        return head.headers().first("Content-Type");
    }

    /** Whether the body has a content coding, such as compression; none is supported. */
    static boolean isEncoded(RequestHead head) {
        return codings(head, "Content-Encoding").anyMatch(coding -> !coding.equalsIgnoreCase("identity"))
                || codings(head, "Transfer-Encoding").anyMatch(coding -> !coding.equalsIgnoreCase("chunked"));
    }

    private static Stream<String> codings(RequestHead head, String header) {
        Splitter list = Splitter.on(',').trimResults().omitEmptyStrings();
        return head.headers().all(header).stream().flatMap(list::splitToStream);
    }

    private static JsonObject object(Json json) throws RefusedRequest {
        if (json instanceof JsonObject object) {
            return object;
        }
        throw new RefusedRequest(Reason.UNPARSEABLE_BODY);
    }
}
