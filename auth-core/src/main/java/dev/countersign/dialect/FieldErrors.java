package dev.countersign.dialect;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import dev.countersign.template.Template;

/**
 * How flawed fields are told.
 *
 * @param shape how they are laid out in {@code fields}
 * @param each what is told of one
 * @param codes what {@code field.code} is for each flaw
 */
public record FieldErrors(Shape shape, Template each, ImmutableMap<FieldFlaw, String> codes) {

    /** Refuses what is missing. */
    public FieldErrors {
        requireNonNull(shape, "shape");
        requireNonNull(each, "each");
        requireNonNull(codes, "codes");
    }

    /** How flawed fields are laid out. */
    public enum Shape {
        /** An object with a member per field, by the field's name. */
        OBJECT,
        /** Objects within each other like the fields in the request. */
        NESTED,
        /** An array with an item per field. */
        LIST
    }
}
