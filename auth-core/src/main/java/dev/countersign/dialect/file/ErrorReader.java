package dev.countersign.dialect.file;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.countersign.dialect.ErrorCatalogue;
import dev.countersign.dialect.ErrorCatalogue.ErrorAnswer;
import dev.countersign.dialect.Reason;
import dev.countersign.dialect.ResponseTemplate;
import dev.countersign.dialect.ResponseTemplate.Body;
import dev.countersign.internal.yaml.Section;
import dev.countersign.json.Json;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * Reads the errors. Every part of an error (status, content type, each header, message, body) follows one rule: it comes from the reason itself,
 * otherwise from its chain of fallbacks, finally from the defaults. A null counts as defined, and removes the part.
 */
final class ErrorReader {

    private static final String HEADERS = "headers";

    private final AnswerReader answers;
    private final Templates templates;
    private final Map<Reason, Section> written = new EnumMap<>(Reason.class);
    private final Section defaults;

    ErrorReader(Section errors, AnswerReader answers, Templates templates) {
        this.answers = answers;
        this.templates = templates;
        this.defaults = errors.section("defaults", DialectKey.ERROR);
        if (defaults.has("status")) {
            errors.problems()
                    .add(defaults.at("status"), "the status has no default: every reason has one", "leave it out");
        }
        for (Reason reason : Reason.values()) {
            if (errors.has(reason.word())) {
                written.put(reason, errors.section(reason.word(), DialectKey.ERROR));
            } else if (reason.fallback().isEmpty()) {
                errors.problems()
                        .add(errors.at(), "the error " + reason.word() + " is missing", "every dialect defines it");
            }
        }
    }

    ErrorCatalogue read() {
        ImmutableMap.Builder<Reason, ErrorAnswer> catalogue = ImmutableMap.builder();
        for (Reason reason : Reason.values()) {
            catalogue.put(reason, answer(reason));
        }
        return new ErrorCatalogue(catalogue.buildOrThrow());
    }

    private ErrorAnswer answer(Reason reason) {
        Body body = answers.body(owner(reason, "body", "text"), SlotScope.ERROR);
        int status = status(reason);
        Section own = written.getOrDefault(reason, defaults);
        answers.checkBody(status, body, own.at());
        return new ErrorAnswer(
                message(owner(reason, "message")),
                new ResponseTemplate(
                        status,
                        answers.headers(answers.contentType(owner(reason, "content_type")), body, headers(reason)),
                        ImmutableList.of(),
                        body));
    }

    private static String message(Section owner) {
        if (owner.json("message").filter(Json::isNull).isPresent()) {
            return "";
        }
        String message = owner.text("message").orElse("");
        if (message.contains("${")) {
            owner.problems()
                    .add(owner.at("message"), "a message is constant and has no slots", "put the slot into the body");
        }
        return message;
    }

    /** The HTTP status of a reason counts as defined there. */
    private int status(Reason reason) {
        Section own = written.get(reason);
        if (own != null && own.has("status")) {
            return own.integer("status", 200, 599).orElse(500);
        }
        return reason.naturalStatus()
                .orElseGet(() -> reason.fallback().map(this::status).orElse(500));
    }

    private AnswerHeaders headers(Reason reason) {
        AnswerHeaders inherited = reason.fallback()
                .map(this::headers)
                .orElseGet(() -> templates.headers(defaults, HEADERS, SlotScope.ERROR));
        Section own = written.get(reason);
        return own == null ? inherited : inherited.with(templates.headers(own, HEADERS, SlotScope.ERROR));
    }

    /** The section that defines one of the keys: that of the reason, of the nearest fallback, or the defaults. */
    private Section owner(Reason reason, String... keys) {
        Section own = written.get(reason);
        return own != null && Arrays.stream(keys).anyMatch(own::has)
                ? own
                : reason.fallback().map(fallback -> owner(fallback, keys)).orElse(defaults);
    }
}
