package dev.countersign.dialect;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.countersign.template.Template;

/**
 * What an answer looks like.
 *
 * @param status the HTTP status
 * @param headers response headers; one whose value is absent is not sent
 * @param cookies cookies to set
 * @param body the body
 */
public record ResponseTemplate(
        int status, ImmutableMap<String, Template> headers, ImmutableList<CookieTemplate> cookies, Body body) {

    /** Refuses what is missing. */
    public ResponseTemplate {
        requireNonNull(headers, "headers");
        requireNonNull(cookies, "cookies");
        requireNonNull(body, "body");
    }

    /** What is in an answer's body. */
    public sealed interface Body {

        /** JSON with slots. */
        record OfJson(Template json) implements Body {

            /** Refuses what is missing. */
            public OfJson {
                requireNonNull(json, "json");
            }
        }

        /** Text with slots. */
        record OfText(Template text) implements Body {

            /** Refuses what is missing. */
            public OfText {
                requireNonNull(text, "text");
            }
        }

        /** Nothing. */
        record Nothing() implements Body {}
    }
}
