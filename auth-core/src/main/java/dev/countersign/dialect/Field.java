package dev.countersign.dialect;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import dev.countersign.json.JsonPointer;
import dev.countersign.template.Template;
import dev.countersign.user.IdentifierKind;

/**
 * One input.
 *
 * @param target what it is for
 * @param at where it is in the body
 * @param name what errors call it
 * @param kind for a login's identifier what it is; {@link IdentifierKind#EITHER} otherwise
 * @param type the JSON type it must have
 * @param optional whether it may be absent
 * @param nullable whether it may be null, which is then kept
 * @param blank what becomes of an empty text
 * @param messages what is told of each flaw; complete unless the request's flaws are collapsed into another reason
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
        ImmutableMap<FieldFlaw, Template> messages) {

    /** Refuses what is missing. */
    public Field {
        requireNonNull(target, "target");
        requireNonNull(at, "at");
        requireNonNull(name, "name");
        requireNonNull(kind, "kind");
        requireNonNull(type, "type");
        requireNonNull(blank, "blank");
        requireNonNull(messages, "messages");
    }

    /** What becomes of an empty text. */
    public enum Blank {
        /** It is a flaw. */
        REFUSED,
        /** It is a value like any other. */
        ACCEPTED,
        /** It is kept as null. */
        AS_NULL
    }
}
