package dev.countersign.api;

import com.google.common.collect.ImmutableList;
import dev.countersign.dialect.ErrorCatalogue.ErrorAnswer;
import dev.countersign.dialect.Field;
import dev.countersign.dialect.FieldErrors;
import dev.countersign.dialect.FieldFlaw;
import dev.countersign.dialect.FieldTarget;
import dev.countersign.dialect.PasswordLimits;
import dev.countersign.dialect.Reason;
import dev.countersign.json.Json;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonObject;
import dev.countersign.template.SlotName;
import dev.countersign.template.SlotValue;
import dev.countersign.template.Slots;
import dev.countersign.template.Template;
import dev.countersign.user.AttributeChange;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The slots of errors: the reason, and the flawed fields in the dialect's layout. */
final class ErrorSlots implements Slots {

    private final Exchange exchange;
    private final RefusedRequest refusal;
    private final ErrorAnswer answer;
    private final FieldErrors layout;
    private final PasswordLimits limits;
    private final int longestBytes;

    ErrorSlots(
            Exchange exchange,
            RefusedRequest refusal,
            ErrorAnswer answer,
            FieldErrors layout,
            PasswordLimits limits,
            int longestBytes) {
        this.exchange = exchange;
        this.refusal = refusal;
        this.answer = answer;
        this.layout = layout;
        this.limits = limits;
        this.longestBytes = longestBytes;
    }

    @Override
    public SlotValue value(SlotName name) {
        return switch (name.source()) {
            case "error" -> error(name);
            case "fields" -> SlotValue.of(fields());
            case "field" ->
                refusal.fields().isEmpty()
                        ? SlotValue.ABSENT
                        : field(refusal.fields().get(0), name);
            default -> AnswerSlots.none(exchange).value(name);
        };
    }

    private SlotValue error(SlotName name) {
        Reason reason = refusal.reason();
        return switch (name.toString()) {
            case "error.reason" -> SlotValue.of(reason.word());
            case "error.status" -> SlotValue.of(answer.template().status());
            case "error.message" -> SlotValue.of(answer.message());
            case "error.method" -> SlotValue.of(exchange.head().method());
            case "error.media_type" -> SlotValue.of(mediaType());
            case "error.header" -> SlotValue.of(refusal.header());
            case "error.allow" -> SlotValue.of(refusal.allow());
            case "error.retry_after" -> SlotValue.of(refusal.retryAfter().toSeconds());
            default -> SlotValue.ABSENT;
        };
    }

    private String mediaType() {
        return exchange.header("Content-Type")
                .map(header -> new MediaType(header).withoutParameters())
                .orElse("");
    }

    private Json fields() {
        ImmutableList<RefusedRequest.Flawed> flawed = refusal.fields();
        return switch (layout.shape()) {
            case LIST -> JsonArray.of(flawed.stream().map(this::each).toList());
            case OBJECT -> object(flawed, field -> ImmutableList.of(field.name()));
            case NESTED -> object(flawed, field -> field.at().segments());
        };
    }

    private Json object(ImmutableList<RefusedRequest.Flawed> flawed, Function<Field, List<String>> path) {
        return AttributeChange.apply(
                JsonObject.EMPTY,
                flawed.stream()
                        .map(one -> new AttributeChange(path.apply(one.field()), each(one)))
                        .collect(ImmutableList.toImmutableList()));
    }

    private Json each(RefusedRequest.Flawed flawed) {
        return layout.each().fill(name -> field(flawed, name));
    }

    private SlotValue field(RefusedRequest.Flawed flawed, SlotName name) {
        return switch (name.toString()) {
            case "field.name" -> SlotValue.of(flawed.field().name());
            case "field.pointer" -> SlotValue.of(flawed.field().at().toString());
            case "field.code" -> SlotValue.of(layout.codes().get(flawed.flaw()));
            case "field.limit" -> limit(flawed);
            case "field.message" -> message(flawed);
            default -> SlotValue.ABSENT;
        };
    }

    private SlotValue message(RefusedRequest.Flawed flawed) {
        Map<FieldFlaw, Template> messages = flawed.field().messages();
        Template message = messages.get(flawed.flaw());
        return message == null
                ? SlotValue.ABSENT
                : SlotValue.of(message.fill(name -> name.is("field.message") ? SlotValue.ABSENT : field(flawed, name)));
    }

    private SlotValue limit(RefusedRequest.Flawed flawed) {
        if (flawed.field().target() != FieldTarget.Named.PASSWORD) {
            return SlotValue.ABSENT;
        }
        return switch (flawed.flaw()) {
            case TOO_SHORT -> SlotValue.of(limits.minimum());
            case TOO_LONG -> SlotValue.of(limits.maximum());
            case TOO_MANY_BYTES -> SlotValue.of(longestBytes);
            default -> SlotValue.ABSENT;
        };
    }
}
