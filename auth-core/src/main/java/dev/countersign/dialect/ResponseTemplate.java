package dev.countersign.dialect;

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

    /** What is in an answer's body. */
    public sealed interface Body {

        /** JSON with slots. */
        record OfJson(Template json) implements Body {}

        /** Text with slots. */
        record OfText(Template text) implements Body {}

        /** Nothing. */
        record Nothing() implements Body {}
    }
}
