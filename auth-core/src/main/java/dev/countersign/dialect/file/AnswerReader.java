package dev.countersign.dialect.file;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.countersign.dialect.ResponseTemplate;
import dev.countersign.dialect.ResponseTemplate.Body;
import dev.countersign.internal.yaml.Problems;
import dev.countersign.internal.yaml.Section;
import dev.countersign.json.Json;
import dev.countersign.json.JsonPointer;
import dev.countersign.template.Template;
import java.util.Optional;

/** Reads answers: status, headers, cookies and body. A null removes an inherited part. */
final class AnswerReader {

    private static final String CONTENT_TYPE = "Content-Type";
    private static final String TEXT = "text/plain; charset=utf-8";

    // RFC 9110 §6.4.1 and §15.3.6
    private static final ImmutableSet<Integer> WITHOUT_BODY = ImmutableSet.of(204, 205, 304);

    private final Templates templates;
    private final Problems problems;
    private final String contentType;
    private final AnswerHeaders headers;

    AnswerReader(Section answers, Templates templates) {
        this.templates = templates;
        this.problems = answers.problems();
        this.contentType = contentType(answers).orElse("application/json");
        this.headers = templates.firstHeaders(answers, "headers", SlotScope.ANY_ANSWER);
    }

    /** The answer of a successful request. */
    ResponseTemplate success(Section answer, SlotScope scope) {
        Body body = body(answer, scope);
        int status = answer.integer("status", 200, 299).orElse(200);
        checkBody(status, body, answer.at("status"));
        return new ResponseTemplate(
                status,
                headers(contentType(answer), body, templates.headers(answer, "headers", scope)),
                answer.list(
                        "cookies",
                        (json, at) -> new CookieReader(templates, Section.of(json, at, DialectKey.COOKIE, problems))
                                .read(scope)),
                body);
    }

    /** Merges the headers of an answer: the shared ones, the content type, its own. */
    ImmutableMap<String, Template> headers(Optional<String> type, Body body, AnswerHeaders own) {
        String usual = body instanceof Body.OfText ? TEXT : contentType;
        AnswerHeaders typed =
                body instanceof Body.Nothing ? AnswerHeaders.NONE : AnswerHeaders.one(CONTENT_TYPE, type.orElse(usual));
        AnswerHeaders shared = own.alone() ? AnswerHeaders.NONE : headers;
        return shared.with(typed).with(new AnswerHeaders(own.byName(), false)).sent();
    }

    /** The content type in a section; empty if it is absent or null. */
    Optional<String> contentType(Section answer) {
        if (answer.json("content_type").filter(Json::isNull).isPresent()) {
            return Optional.empty();
        }
        return answer.text("content_type")
                .filter(type -> HeaderRules.isType(type, answer.at("content_type"), problems));
    }

    /** The body in a section; no body if it is absent or null. */
    Body body(Section answer, SlotScope scope) {
        if (answer.has("body") && answer.has("text")) {
            problems.add(answer.at("text"), "body and text exclude each other", "one of them");
        }
        return answer.json("body")
                .filter(json -> !json.isNull())
                .flatMap(json -> templates.json(json, answer.at("body"), scope))
                .<Body>map(Body.OfJson::new)
                .or(() -> answer.json("text")
                        .filter(json -> !json.isNull())
                        .flatMap(json -> templates.text(json, answer.at("text"), scope))
                        .map(Body.OfText::new))
                .orElseGet(Body.Nothing::new);
    }

    /** Reports a body on a status that must not have one. */
    void checkBody(int status, Body body, JsonPointer at) {
        if (WITHOUT_BODY.contains(status) && !(body instanceof Body.Nothing)) {
            problems.add(
                    at, "an answer of status " + status + " has no body", "leave body and text out, or body: null");
        }
    }
}
