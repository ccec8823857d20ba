package dev.countersign.json;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;

/**
 * A place in a JSON value (RFC 6901). The empty pointer is the whole value.
 *
 * @param segments member names and array indexes from the outermost in, unescaped; cannot be modified
 */
public record JsonPointer(List<String> segments) {

    /** The whole value. */
    public static final JsonPointer ROOT = new JsonPointer(ImmutableList.of());

    /** Copies the list. */
    public JsonPointer {
        requireNonNull(segments, "segments");

        segments = ImmutableList.copyOf(segments);
    }

    /**
     * Parses the text form, such as {@code /user/email}.
     *
     * @param text empty, or starting with a slash; {@code ~0} stands for a tilde and {@code ~1} for a slash
     * @return the pointer
     * @throws IllegalArgumentException if the text is neither empty nor starts with a slash, or has a stray tilde
     */
    public static JsonPointer parse(String text) {
        if (text.isEmpty()) {
            return ROOT;
        }
        if (text.charAt(0) != '/') {
            throw new IllegalArgumentException("a JSON pointer starts with a slash, such as /" + text);
        }
        ImmutableList.Builder<String> segments = ImmutableList.builder();
        for (String segment : Splitter.on('/').split(text.substring(1))) {
            if (segment.matches("(?s).*~(?![01]).*")) {
                throw new IllegalArgumentException("in a JSON pointer a tilde is written ~0 and a slash ~1: " + text);
            }
            segments.add(segment.replace("~1", "/").replace("~0", "~"));
        }
        return new JsonPointer(segments.build());
    }

    /**
     * Returns this pointer with one more segment.
     *
     * @param segment a member name or an array index, unescaped
     * @return the longer pointer
     */
    public JsonPointer child(String segment) {
        return new JsonPointer(
                ImmutableList.<String>builder().addAll(segments).add(segment).build());
    }

    /**
     * Finds the value at this place.
     *
     * @param root the whole value
     * @return the value, which may be JSON null; empty if there is no such place
     */
    public Optional<Json> in(Json root) {
        requireNonNull(root, "root");

        Json here = root;
        for (String segment : segments) {
            Optional<Json> next = step(here, segment);
            if (next.isEmpty()) {
                return next;
            }
            here = next.get();
        }
        return Optional.of(here);
    }

    /** {@return the last segment; empty text for the whole value} */
    public String leaf() {
        return segments.isEmpty() ? "" : segments.get(segments.size() - 1);
    }

    private static Optional<Json> step(Json here, String segment) {
        if (here instanceof JsonObject object) {
            return object.get(segment);
        }
        if (here instanceof JsonArray array && segment.matches("0|[1-9][0-9]{0,8}")) {
            int index = Integer.parseInt(segment);
            return index < array.items().size() ? Optional.of(array.items().get(index)) : Optional.empty();
        }
        return Optional.empty();
    }

    /** {@return the text form of RFC 6901} */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (String segment : segments) {
            text.append('/').append(segment.replace("~", "~0").replace("/", "~1"));
        }
        return text.toString();
    }
}
