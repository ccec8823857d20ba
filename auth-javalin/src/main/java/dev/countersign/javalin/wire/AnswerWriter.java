package dev.countersign.javalin.wire;

import com.google.common.collect.ImmutableMap;
import com.google.common.escape.Escaper;
import com.google.common.net.PercentEscaper;
import dev.countersign.dialect.CookieTemplate;
import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.ErrorCatalogue;
import dev.countersign.dialect.ErrorCatalogue.ErrorAnswer;
import dev.countersign.dialect.ErrorVariant;
import dev.countersign.dialect.Reason;
import dev.countersign.dialect.ResponseTemplate;
import dev.countersign.json.text.JsonText;
import dev.countersign.template.Slots;
import dev.countersign.template.Template;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes a dialect's answers. */
final class AnswerWriter {

    // What a cookie's value may not hold (RFC 6265 §4.1.1) is percent-encoded; the percent sign itself stays as it is.
    private static final Escaper COOKIE_OCTETS = new PercentEscaper("!#$%&'()*+-./:<=>?@[]^_`{|}~", false);

    private static final String WRITTEN = AnswerWriter.class.getName() + ".status";

    private final Dialect dialect;
    private final int longestPassword;

    /** Writes for a dialect whose passwords have at most that many bytes. */
    AnswerWriter(Dialect dialect, int longestPassword) {
        this.dialect = dialect;
        this.longestPassword = longestPassword;
    }

    /** Writes the answer of an operation that went well. */
    void success(Context context, ResponseTemplate template, Slots slots) {
        write(context, template, slots);
    }

    /** Adds the headers of answers to a request whose token holds; they come before those of the answer itself. */
    void authenticated(Context context, Slots slots) {
        filled(dialect.authenticatedHeaders(), slots).forEach((name, text) -> header(context, name, text));
    }

    /** Writes an error. */
    void refuse(Context context, Refusal refusal) {
        ErrorAnswer answer = catalogue(context).answer(refusal.reason());
        write(
                context,
                answer.template(),
                new ErrorSlots(context, refusal, answer, dialect.fieldErrors(), dialect.passwords(), longestPassword));
        if (!refusal.allow().isEmpty()) {
            context.header("Allow", refusal.allow());
        }
        if (refusal.reason() == Reason.UNSUPPORTED_MEDIA_TYPE && RawBody.isEncoded(new ContextHead(context))) {
            // Tells a coding that is not read from a media type that is not (RFC 9110 §12.5.3).
            context.header("Accept-Encoding", "identity");
        }
        if (refusal.reason() == Reason.THROTTLED || refusal.reason() == Reason.UNAVAILABLE) {
            context.header(
                    "Retry-After",
                    Long.toString(Math.max(1, refusal.retryAfter().toSeconds())));
        }
    }

    static boolean hasWritten(Context context) {
        Integer status = context.attribute(WRITTEN);
        // A handler of the application may have failed since, and what it says then is its own.
        return status != null && status == context.statusCode();
    }

    private ErrorCatalogue catalogue(Context context) {
        return dialect.variants().stream()
                .filter(variant -> variant.value().equals(context.header(variant.header())))
                .map(ErrorVariant::errors)
                .findFirst()
                .orElse(dialect.errors());
    }

    /** Fills everything before the first of it is set: a fault on the way must not leave half an answer behind. */
    private static void write(Context context, ResponseTemplate template, Slots slots) {
        Map<String, String> headers = filled(template.headers(), slots);
        List<Cookie> cookies = template.cookies().stream()
                .flatMap(cookie -> cookie(cookie, slots).stream())
                .toList();
        byte[] body = body(template.body(), slots);
        UnreadBody.linger(context);
        context.status(template.status());
        context.attribute(WRITTEN, template.status());
        context.header("X-Content-Type-Options", "nosniff");
        headers.forEach((name, text) -> header(context, name, text));
        cookies.forEach(context::cookie);
        context.result(body);
        if (template.body() instanceof ResponseTemplate.Body.Nothing) {
            // What is not there has no type; Javalin would call it text.
            context.res().setContentType(null);
        }
    }

    private static byte[] body(ResponseTemplate.Body body, Slots slots) {
        String text = "";
        if (body instanceof ResponseTemplate.Body.OfJson json) {
            text = JsonText.write(json.json().fill(slots));
        } else if (body instanceof ResponseTemplate.Body.OfText plain) {
            text = plain.text().fillText(slots).orElse("");
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, String> filled(ImmutableMap<String, Template> headers, Slots slots) {
        Map<String, String> filled = new LinkedHashMap<>();
        headers.forEach((name, value) -> value.fillText(slots).ifPresent(text -> filled.put(name, text)));
        return filled;
    }

    private static void header(Context context, String name, String text) {
        // A line break in a user's data must not become a header of its own.
        String safe = text.replaceAll("\\p{Cntrl}", " ");
        if (name.equalsIgnoreCase("Content-Type")) {
            context.contentType(safe);
        } else {
            context.header(name, safe);
        }
    }

    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static Optional<Cookie> cookie(CookieTemplate template, Slots slots) {
        return template.value().fillText(slots).map(value -> {
            Cookie cookie = new Cookie(template.name(), COOKIE_OCTETS.escape(wellFormed(value)));
            cookie.setPath(template.path());
            cookie.setDomain(template.domain());
            cookie.setMaxAge(
                    template.maxAge() == null ? -1 : (int) template.maxAge().toSeconds());
            cookie.setSecure(template.secure());
            cookie.setHttpOnly(template.httpOnly());
            cookie.setSameSite(SameSite.valueOf(template.sameSite().name()));
            return cookie;
        });
    }
}
