package dev.countersign.api;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Writes a dialect's answers. Thread-safe. */
final class AnswerWriter {

    // Characters that a cookie's value cannot contain (RFC 6265 §4.1.1) are percent-encoded; the percent sign itself
    // stays as it is.
    /** Reasons that pass by waiting. */
    private static final ImmutableSet<Reason> PASSING =
            Sets.immutableEnumSet(Reason.THROTTLED, Reason.ACCOUNT_LOCKED, Reason.UNAVAILABLE);

    private static final Escaper COOKIE_OCTETS = new PercentEscaper("!#$%&'()*+-./:<=>?@[]^_`{|}~", false);
    private static final CharMatcher CONTROL = CharMatcher.javaIsoControl();
    private static final String CONTENT_TYPE = "content-type";
    private static final Map.Entry<String, String> PLAIN_TEXT = Map.entry("Content-Type", "text/plain");

    private final Dialect dialect;
    private final int longestPassword;
    private final InstantSource clock;

    /**
     * Creates a writer.
     *
     * @param dialect the dialect whose answers it writes
     * @param longestPassword the most bytes that a password may have
     * @param clock dates the expiry of cookies
     */
    AnswerWriter(Dialect dialect, int longestPassword, InstantSource clock) {
        this.dialect = dialect;
        this.longestPassword = longestPassword;
        this.clock = clock;
    }

    /** {@return the headers of every answer to a request with a valid token} */
    Map<String, String> authenticatedHeaders(Slots slots) {
        return filled(dialect.authenticatedHeaders(), slots);
    }

    /** {@return the answer to a refused request} */
    Answer refuse(Exchange exchange, RefusedRequest refusal) {
        ErrorAnswer answer = catalogue(exchange).answer(refusal.reason());
        Map<String, String> last = new LinkedHashMap<>();
        if (!refusal.allow().isEmpty()) {
            last.put("Allow", refusal.allow());
        }
        if (refusal.reason() == Reason.UNSUPPORTED_MEDIA_TYPE && BodyParser.isEncoded(exchange.head())) {
            // Shows the client that the coding is not supported, rather than the media type (RFC 9110 §12.5.3).
            last.put("Accept-Encoding", "identity");
        }
        if (PASSING.contains(refusal.reason())) {
            last.put(
                    "Retry-After",
                    Long.toString(Math.max(1, refusal.retryAfter().toSeconds())));
        }
        return write(
                exchange,
                answer.template(),
                new ErrorSlots(exchange, refusal, answer, dialect.fieldErrors(), dialect.passwords(), longestPassword),
                last);
    }

    /** {@return the answer of a successful operation} */
    Answer success(Exchange exchange, ResponseTemplate template, Slots slots) {
        return write(exchange, template, slots, Map.of());
    }

    private ErrorCatalogue catalogue(Exchange exchange) {
        return dialect.variants().stream()
                .filter(variant -> exchange.header(variant.header()).equals(Optional.of(variant.value())))
                .map(ErrorVariant::errors)
                .findFirst()
                .orElse(dialect.errors());
    }

    private Answer write(Exchange exchange, ResponseTemplate template, Slots slots, Map<String, String> last) {
        // If a header has two values, the later one replaces the first in its position.
        Map<String, Map.Entry<String, String>> fields = new LinkedHashMap<>();
        put(fields, exchange.addedHeaders());
        put(fields, Map.of("X-Content-Type-Options", "nosniff"));
        put(fields, filled(template.headers(), slots));
        put(fields, last);
        if (template.body() instanceof ResponseTemplate.Body.Nothing) {
            // An answer without body has no media type.
            fields.remove(CONTENT_TYPE);
        } else {
            fields.putIfAbsent(CONTENT_TYPE, PLAIN_TEXT);
        }
        List<Map.Entry<String, String>> lines = new ArrayList<>(fields.values());
        for (CookieTemplate cookie : template.cookies()) {
            cookie.value()
                    .fillText(slots)
                    .ifPresent(value -> lines.add(Map.entry("Set-Cookie", cookie(cookie, value))));
        }
        return Answer.of(template.status(), Headers.of(lines), body(template.body(), slots));
    }

    private static void put(Map<String, Map.Entry<String, String>> fields, Map<String, String> more) {
        more.forEach((name, value) -> fields.put(name.toLowerCase(Locale.ROOT), Map.entry(name, value)));
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

    private static Map<String, String> filled(Map<String, Template> headers, Slots slots) {
        Map<String, String> filled = new LinkedHashMap<>();
        // A line break in a user's data must not become a header of its own.
        headers.forEach((name, value) ->
                value.fillText(slots).ifPresent(text -> filled.put(name, CONTROL.replaceFrom(text, ' '))));
        return filled;
    }

    /** A {@code Set-Cookie} field (RFC 6265 §4.1); the expiry date is for clients that do not support {@code Max-Age}. */
    private String cookie(CookieTemplate template, String value) {
        StringBuilder text = new StringBuilder(template.name())
                .append('=')
                .append(COOKIE_OCTETS.escape(wellFormed(value)))
                .append("; Path=")
                .append(template.path());
        if (template.domain() != null) {
            text.append("; Domain=").append(template.domain());
        }
        Duration age = template.maxAge();
        if (age != null) {
            text.append("; Expires=")
                    .append(DateTimeFormatter.RFC_1123_DATE_TIME.format(
                            clock.instant().plus(age).atOffset(ZoneOffset.UTC)))
                    .append("; Max-Age=")
                    .append(age.toSeconds());
        }
        if (template.secure()) {
            text.append("; Secure");
        }
        if (template.httpOnly()) {
            text.append("; HttpOnly");
        }
        return text.append("; SameSite=").append(template.sameSite().word()).toString();
    }

    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
