package dev.countersign.dialect;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import dev.countersign.template.Template;
import java.util.Map;

/**
 * How flawed fields are reported.
 *
 * @param shape the layout of {@code fields}
 * @param each the template for one field
 * @param codes the value of {@code field.code} for each flaw
 */
public record FieldErrors(Shape shape, Template each, Map<FieldFlaw, String> codes) {

    /** Rejects null components. */
    public FieldErrors {
        requireNonNull(shape, "shape");
        requireNonNull(each, "each");
        requireNonNull(codes, "codes");
        codes = ImmutableMap.copyOf(codes);
    }

    /** The layout of flawed fields. */
    public enum Shape {
        /** An object with one member per field, named after the field. */
        OBJECT,
        /** Objects nested like the fields in the request. */
        NESTED,
        /** An array with one item per field. */
        LIST
    }
}
