package dev.countersign.javalin.dialect;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.countersign.dialect.ErrorCatalogue;
import dev.countersign.dialect.ErrorCatalogue.ErrorAnswer;
import dev.countersign.dialect.Reason;
import dev.countersign.dialect.ResponseTemplate;
import dev.countersign.dialect.ResponseTemplate.Body;
import dev.countersign.javalin.yaml.Section;
import dev.countersign.template.Template;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Reads the errors: what a reason does not write comes from the reason it falls back to, and a missing body from the defaults. */
final class ErrorReader {

    private final AnswerReader answers;
    private final Map<Reason, Section> written = new EnumMap<>(Reason.class);
    private final Section defaults;
    private final ImmutableMap<String, Template> sharedHeaders;

    ErrorReader(Section errors, AnswerReader answers) {
        this.answers = answers;
        this.defaults = errors.section("defaults", DialectKey.ERROR.keys());
        this.sharedHeaders = Templates.headers(defaults, "headers", SlotScope.ERROR);
        for (Reason reason : Reason.values()) {
            if (errors.has(reason.word())) {
                written.put(reason, errors.section(reason.word(), DialectKey.ERROR.keys()));
            } else if (reason.fallback().isEmpty()) {
                errors.problems()
                        .add(errors.at(), "the error " + reason.word() + " is missing", "every dialect writes it");
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
        Section typed = owner(reason, "body", "text").orElse(defaults);
        Body body = AnswerReader.body(typed, SlotScope.ERROR).orElse(new Body.Nothing());
        ResponseTemplate template = new ResponseTemplate(
                status(reason),
                AnswerReader.merge(
                        AnswerReader.merge(
                                answers.typed(typed.has("content_type") ? typed : defaults, body), sharedHeaders),
                        headers(reason)),
                ImmutableList.of(),
                body);
        String message = owner(reason, "message")
                .flatMap(section -> section.text("message"))
                .orElse("");
        Section own = written.get(reason);
        if (own != null && own.has("message") && message.contains("${")) {
            own.problems()
                    .add(own.at("message"), "a message is the same every time", "write the body, with the slot in it");
        }
        return new ErrorAnswer(message, template);
    }

    private int status(Reason reason) {
        Section own = written.get(reason);
        if (own != null && own.has("status")) {
            return own.integer("status", 200, 599).orElse(500);
        }
        return reason.naturalStatus()
                .orElseGet(() -> reason.fallback().map(this::status).orElse(500));
    }

    private ImmutableMap<String, Template> headers(Reason reason) {
        ImmutableMap<String, Template> inherited =
                reason.fallback().map(this::headers).orElse(ImmutableMap.of());
        Section own = written.get(reason);
        return own == null
                ? inherited
                : AnswerReader.merge(inherited, Templates.headers(own, "headers", SlotScope.ERROR));
    }

    /** The nearest reason, from this one down its fallbacks, that writes one of the keys. */
    private Optional<Section> owner(Reason reason, String... keys) {
        Section own = written.get(reason);
        return own != null && Arrays.stream(keys).anyMatch(own::has)
                ? Optional.of(own)
                : reason.fallback().flatMap(fallback -> owner(fallback, keys));
    }
}
