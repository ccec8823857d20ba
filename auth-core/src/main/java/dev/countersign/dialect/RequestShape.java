package dev.countersign.dialect;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.countersign.json.Json;
import dev.countersign.json.JsonPointer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The form of a request.
 *
 * @param mediaTypes the accepted media types
 * @param assumed the media type of a body without a Content-Type; null to refuse such a body
 * @param emptyBody whether an empty body counts as a body without fields
 * @param headers required request headers with their values; an empty value allows any value
 * @param constants values that the body must contain
 * @param fields the input fields, in the order in which their flaws are reported
 * @param firstOnly whether only the first flaw is reported
 * @param collapsed the reason that replaces {@link Reason#INVALID_FIELDS}; null for none
 */
public record RequestShape(
        List<BodyKind> mediaTypes,
        @Nullable BodyKind assumed,
        boolean emptyBody,
        Map<String, String> headers,
        Map<JsonPointer, Json> constants,
        List<Field> fields,
        boolean firstOnly,
        @Nullable Reason collapsed) {

    /** A request without a body. */
    public static final RequestShape NOTHING = new RequestShape(
            ImmutableList.of(), null, true, ImmutableMap.of(), ImmutableMap.of(), ImmutableList.of(), false, null);

    /** Rejects null components. */
    public RequestShape {
        requireNonNull(mediaTypes, "mediaTypes");
        mediaTypes = ImmutableList.copyOf(mediaTypes);
        requireNonNull(headers, "headers");
        headers = ImmutableMap.copyOf(headers);
        requireNonNull(constants, "constants");
        constants = ImmutableMap.copyOf(constants);
        requireNonNull(fields, "fields");
        fields = ImmutableList.copyOf(fields);
    }

    /** {@return whether the body is read} */
    public boolean hasBody() {
        return !fields.isEmpty() || !constants.isEmpty();
    }
}
