package dev.countersign.dialect;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import dev.countersign.json.JsonPointer;
import dev.countersign.template.Template;
import dev.countersign.user.IdentifierKind;
import java.util.Map;

/**
 * One input field of an operation.
 *
 * @param target the value that the field sets
 * @param at its place in the body
 * @param name its name in errors
 * @param kind the kind of a login's identifier; {@link IdentifierKind#EITHER} for other fields
 * @param type its required JSON type
 * @param optional whether it may be absent
 * @param nullable whether it may be null; null is then stored
 * @param blank the handling of an empty text
 * @param messages the message of each flaw; complete unless the request collapses flaws into another reason
 */
public record Field(
        FieldTarget target,
        JsonPointer at,
        String name,
        IdentifierKind kind,
        JsonType type,
        boolean optional,
        boolean nullable,
        Blank blank,
        Map<FieldFlaw, Template> messages) {

    /** Rejects null components. */
    public Field {
        requireNonNull(target, "target");
        requireNonNull(at, "at");
        requireNonNull(name, "name");
        requireNonNull(kind, "kind");
        requireNonNull(type, "type");
        requireNonNull(blank, "blank");
        requireNonNull(messages, "messages");
        messages = ImmutableMap.copyOf(messages);
    }

    /** The handling of an empty text. */
    public enum Blank {
        /** An empty text is a flaw. */
        REFUSED,
        /** An empty text is a normal value. */
        ACCEPTED,
        /** An empty text is stored as null. */
        AS_NULL
    }
}
