package dev.countersign.user;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The plain values of one user. Immutable; equal if all values are. */
public final class PropertyValues {

    /** No value. */
    public static final PropertyValues NONE = new PropertyValues(ImmutableMap.of());

    private final ImmutableMap<UserProperty<?>, Object> values;

    private PropertyValues(ImmutableMap<UserProperty<?>, Object> values) {
        this.values = values;
    }

    /** {@return the value; null for none} */
    public <T> @Nullable T get(UserProperty<T> property) {
        Object value = values.get(requireNonNull(property, "property"));
        return value == null ? null : property.checked(value);
    }

    /** {@return all properties that have a value, with the value} */
    public Map<UserProperty<?>, Object> asMap() {
        return values;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PropertyValues all && values.equals(all.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }

    /** Collects values. Not thread-safe. */
    public static final class Builder {

        private final Map<UserProperty<?>, Object> values = new LinkedHashMap<>();

        /** {@return this builder, with that value; null for none} */
        public <T> Builder set(UserProperty<T> property, @Nullable T value) {
            requireNonNull(property, "property");

            if (value == null) {
                values.remove(property);
            } else {
                values.put(property, property.checked(value));
            }
            return this;
        }

        /** {@return this builder, with these values instead of all earlier ones} */
        public Builder setAll(PropertyValues others) {
            values.putAll(requireNonNull(others, "others").values);
            return this;
        }

        /** {@return the values} */
        public PropertyValues build() {
            return values.isEmpty() ? NONE : new PropertyValues(ImmutableMap.copyOf(values));
        }
    }
}
