package dev.countersign.dialect;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.countersign.json.Json;
import dev.countersign.json.JsonPointer;
import org.jspecify.annotations.Nullable;

/**
 * What a request looks like.
 *
 * @param mediaTypes the media types that are read
 * @param assumed the media type of a body that names none; null if such a body is refused
 * @param emptyBody whether a body of no bytes is read as one without fields
 * @param headers request headers that must be there, with their values; an empty value stands for any
 * @param constants values that must be in the body
 * @param fields the inputs in the order in which their flaws are told
 * @param firstOnly whether only the first flaw is told
 * @param collapsed the reason that flawed fields are answered with; null if they have an answer of their own
 */
public record RequestShape(
        ImmutableList<BodyKind> mediaTypes,
        @Nullable BodyKind assumed,
        boolean emptyBody,
        ImmutableMap<String, String> headers,
        ImmutableMap<JsonPointer, Json> constants,
        ImmutableList<Field> fields,
        boolean firstOnly,
        @Nullable Reason collapsed) {

    /** A request without a body. */
    public static final RequestShape NOTHING = new RequestShape(
            ImmutableList.of(), null, true, ImmutableMap.of(), ImmutableMap.of(), ImmutableList.of(), false, null);

    /** Refuses what is missing. */
    public RequestShape {
        requireNonNull(mediaTypes, "mediaTypes");
        requireNonNull(headers, "headers");
        requireNonNull(constants, "constants");
        requireNonNull(fields, "fields");
    }

    /** {@return whether the body is looked at} */
    public boolean hasBody() {
        return !fields.isEmpty() || !constants.isEmpty();
    }
}
