package dev.countersign.dialect;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.countersign.template.Template;
import java.util.List;
import java.util.Map;

/**
 * The template of an answer.
 *
 * @param status the HTTP status
 * @param headers response headers; one whose value is absent is not sent
 * @param cookies cookies to set
 * @param body the body
 */
public record ResponseTemplate(int status, Map<String, Template> headers, List<CookieTemplate> cookies, Body body) {

    /** Rejects null components. */
    public ResponseTemplate {
        requireNonNull(headers, "headers");
        headers = ImmutableMap.copyOf(headers);
        requireNonNull(cookies, "cookies");
        cookies = ImmutableList.copyOf(cookies);
        requireNonNull(body, "body");
    }

    /** The body of an answer. */
    public sealed interface Body {

        /** JSON with slots. */
        record OfJson(Template json) implements Body {

            /** Rejects null components. */
            public OfJson {
                requireNonNull(json, "json");
            }
        }

        /** Text with slots. */
        record OfText(Template text) implements Body {

            /** Rejects null components. */
            public OfText {
                requireNonNull(text, "text");
            }
        }

        /** No body. */
        record Nothing() implements Body {}
    }
}
