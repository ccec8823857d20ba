package dev.countersign.javalin.dialect;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.countersign.dialect.CookieTemplate;
import dev.countersign.dialect.ResponseTemplate;
import dev.countersign.dialect.ResponseTemplate.Body;
import dev.countersign.javalin.yaml.Problems;
import dev.countersign.javalin.yaml.Section;
import dev.countersign.template.Template;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads answers: status, headers, cookies and body. */
final class AnswerReader {

    static final String CONTENT_TYPE = "Content-Type";

    private final String contentType;
    private final ImmutableMap<String, Template> headers;

    AnswerReader(Section answers) {
        this.contentType = answers.text("content_type").orElse("application/json");
        this.headers = Templates.headers(answers, "headers", SlotScope.ANY_ANSWER);
    }

    /** The answer of an operation. */
    ResponseTemplate success(Section answer, SlotScope scope) {
        Body body = body(answer, scope).orElse(new Body.Nothing());
        return new ResponseTemplate(
                answer.integer("status", 200, 299).orElse(200),
                merge(typed(answer, body), Templates.headers(answer, "headers", scope)),
                answer.list(
                        "cookies",
                        (json, at) -> cookie(Section.of(json, at, DialectKey.COOKIE.keys(), answer.problems()), scope)),
                body);
    }

    /** The headers all answers share, with the content type of this one. */
    ImmutableMap<String, Template> typed(Section answer, Body body) {
        String type = answer.text("content_type")
                .orElse(body instanceof Body.OfText ? "text/plain; charset=utf-8" : contentType);
        return body instanceof Body.Nothing
                ? headers
                : merge(headers, ImmutableMap.of(CONTENT_TYPE, Template.ofText(type.replace("${", "$${"))));
    }

    static Optional<Body> body(Section answer, SlotScope scope) {
        Problems problems = answer.problems();
        if (answer.has("body") && answer.has("text")) {
            problems.add(answer.at("text"), "body and text are both written", "one of them");
        }
        return answer.json("body")
                .flatMap(json -> Templates.read(json, answer.at("body"), scope, problems))
                .<Body>map(Body.OfJson::new)
                .or(() -> answer.json("text")
                        .flatMap(json -> Templates.text(json, answer.at("text"), scope, problems))
                        .map(Body.OfText::new));
    }

    private static Optional<CookieTemplate> cookie(Section cookie, SlotScope scope) {
        cookie.required("name", "the cookie's name");
        String name = cookie.text("name").orElse("");
        if (!name.isEmpty() && !name.matches(Templates.TOKEN)) {
            cookie.problems().add(cookie.at("name"), "this is not a cookie's name", "letters, digits and hyphens");
        }
        Optional<Template> value = cookie.required("value", "such as ${token}")
                .flatMap(json -> Templates.text(json, cookie.at("value"), scope, cookie.problems()));
        CookieTemplate.Site site = cookie.word("same_site", CookieTemplate.Site.class, CookieTemplate.Site.STRICT);
        boolean secure = cookie.flag("secure", true);
        if (site == CookieTemplate.Site.NONE && !secure) {
            cookie.problems().add(cookie.at(), "same_site none without secure", "browsers drop it: secure: true");
        }
        return value.map(template -> new CookieTemplate(
                name,
                template,
                cookie.text("path").orElse("/"),
                cookie.text("domain").orElse(null),
                cookie.duration("max_age").orElse(null),
                secure,
                cookie.flag("http_only", true),
                site));
    }

    /** Headers by name whatever its case; those given later win. */
    static ImmutableMap<String, Template> merge(Map<String, Template> first, Map<String, Template> later) {
        Map<String, String> spelling = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        ImmutableMap.Builder<String, Template> merged = ImmutableMap.builder();
        for (Map<String, Template> headers : ImmutableList.of(first, later)) {
            headers.forEach((name, value) -> {
                String before = spelling.putIfAbsent(name, name);
                merged.put(before == null ? name : before, value);
            });
        }
        return merged.buildKeepingLast();
    }
}
