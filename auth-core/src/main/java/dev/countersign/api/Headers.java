package dev.countersign.api;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The header fields of a request or an answer in their order; a name's case does not matter (RFC 9110 §5.1). Immutable. */
public final class Headers {

    /** No headers. */
    public static final Headers NONE = new Headers(List.of());

    private final List<Entry<String, String>> fields;

    private Headers(List<Entry<String, String>> fields) {
        this.fields = fields;
    }

    /**
     * Headers as they were sent.
     *
     * @param fields a name and a value for each line, in order; a name may occur several times
     * @return the headers
     */
    public static Headers of(List<Entry<String, String>> fields) {
        return new Headers(List.copyOf(requireNonNull(fields, "fields")));
    }

    /**
     * Headers as most Java HTTP libraries represent them.
     *
     * @param fields the values of each name
     * @return the headers
     */
    public static Headers of(Map<String, List<String>> fields) {
        requireNonNull(fields, "fields");

        List<Entry<String, String>> lines = new ArrayList<>();
        fields.forEach((name, values) -> values.forEach(value -> lines.add(Map.entry(name, value))));
        return new Headers(List.copyOf(lines));
    }

    /**
     * The same headers with one more line.
     *
     * @param name the header's name
     * @param value the line's value
     * @return the headers
     */
    public Headers with(String name, String value) {
        requireNonNull(name, "name");
        requireNonNull(value, "value");

        List<Entry<String, String>> more = new ArrayList<>(fields);
        more.add(Map.entry(name, value));
        return new Headers(List.copyOf(more));
    }

    /**
     * The values of a header.
     *
     * @param name the header's name in any case
     * @return one value for each line of that name, in order; empty if there is none
     */
    public List<String> all(String name) {
        requireNonNull(name, "name");

        List<String> values = new ArrayList<>();
        for (Entry<String, String> field : fields) {
            if (field.getKey().equalsIgnoreCase(name)) {
                values.add(field.getValue());
            }
        }
        return values;
    }

    /**
     * The first value of a header.
     *
     * @param name the header's name in any case
     * @return the value of its first line; empty if there is none
     */
    public Optional<String> first(String name) {
        requireNonNull(name, "name");

        for (Entry<String, String> field : fields) {
            if (field.getKey().equalsIgnoreCase(name)) {
                return Optional.of(field.getValue());
            }
        }
        return Optional.empty();
    }

    /**
     * Calls an action for each line, in order.
     *
     * @param action takes name and value
     */
    public void forEach(BiConsumer<String, String> action) {
        requireNonNull(action, "action");

        fields.forEach(field -> action.accept(field.getKey(), field.getValue()));
    }

    /** {@return only the names: values may be secrets} */
    @Override
    public String toString() {
        return fields.stream().map(Entry::getKey).toList().toString();
    }
}
