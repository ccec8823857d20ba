package dev.countersign.template;

import dev.countersign.json.Json;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonNull;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonString;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.stream.Collectors;

/** A conversion of a slot's value. Absent values pass through every conversion except {@link Default}. */
sealed interface Conversion permits Conversion.Plain, Conversion.Join, Conversion.Default, DatePattern {

    /** The milliseconds of a second. */
    long MILLIS = 1000;

    /** Converts a value. */
    SlotValue apply(SlotValue value);

    /** Whether this converts a time to JSON. */
    default boolean writesTime() {
        return false;
    }

    /** The conversions without an argument. */
    enum Plain implements Conversion {
        /** Any scalar as a string. */
        STRING("string", false) {
            @Override
            Json convert(Json value) {
                return Node.text(value).<Json>map(JsonString::new).orElse(JsonNull.NULL);
            }
        },
        /** A string of decimal digits as an integer; null for other values. */
        INTEGER("integer", false) {
            @Override
            Json convert(Json value) {
                return value instanceof JsonString string && string.value().matches("-?[0-9]{1,18}")
                        ? JsonNumber.of(Long.parseLong(string.value()))
                        : value instanceof JsonNumber ? value : JsonNull.NULL;
            }
        },
        /** A whole number of seconds, such as a lifetime, in milliseconds; null for other values. */
        MILLISECONDS("milliseconds", false) {
            @Override
            Json convert(Json value) {
                return value instanceof JsonNumber number
                                && number.asLong().isPresent()
                                && Math.abs(number.asLong().getAsLong()) <= Long.MAX_VALUE / MILLIS
                        ? JsonNumber.of(number.asLong().getAsLong() * MILLIS)
                        : JsonNull.NULL;
            }
        },
        /** A time as whole seconds since 1970-01-01T00:00:00Z. */
        EPOCH_SECONDS("epoch-seconds", true) {
            @Override
            Json write(Instant time) {
                return JsonNumber.of(time.getEpochSecond());
            }
        },
        /** A time as milliseconds since 1970-01-01T00:00:00Z. */
        EPOCH_MILLIS("epoch-millis", true) {
            @Override
            Json write(Instant time) {
                try {
                    return JsonNumber.of(time.toEpochMilli());
                } catch (ArithmeticException beyondLong) {
                    return JsonNull.NULL;
                }
            }
        },
        /** A time as RFC 3339 text in UTC, with a fraction of the second if there is one. */
        ISO("iso", true) {
            @Override
            Json write(Instant time) {
                return new JsonString(DateTimeFormatter.ISO_INSTANT.format(time));
            }
        },
        /** Omits the member if there is no value; implemented by {@link Node.Members}. */
        OMIT("omit", false) {
            @Override
            Json convert(Json value) {
                return value;
            }
        };

        final String word;
        private final boolean timed;

        Plain(String word, boolean timed) {
            this.word = word;
            this.timed = timed;
        }

        Json convert(Json value) {
            return time(value).map(this::write).orElse(JsonNull.NULL);
        }

        Json write(Instant time) {
            throw new IllegalStateException("a time without " + EPOCH_SECONDS.word + " or the like");
        }

        @Override
        public boolean writesTime() {
            return timed;
        }

        @Override
        public SlotValue apply(SlotValue value) {
            if (value instanceof SlotValue.OfTime time) {
                return timed ? SlotValue.of(write(time.value())) : value;
            }
            Json json = ((SlotValue.OfJson) value).value();
            return json.isNull() ? value : SlotValue.of(convert(json));
        }
    }

    /** Joins a list of scalars to one text. A scalar is unchanged, other values become absent. */
    record Join(String between) implements Conversion {

        @Override
        public SlotValue apply(SlotValue value) {
            if (!(value instanceof SlotValue.OfJson json)
                    || Node.text(json.value()).isPresent()) {
                return value;
            }
            if (!(json.value() instanceof JsonArray array)
                    || !array.items().stream()
                            .allMatch(item -> item.isNull() || Node.text(item).isPresent())) {
                return SlotValue.ABSENT;
            }
            return SlotValue.of(array.items().stream()
                    .flatMap(item -> Node.text(item).stream())
                    .collect(Collectors.joining(between)));
        }
    }

    /** Replaces an absent value. */
    record Default(Json json) implements Conversion {

        @Override
        public SlotValue apply(SlotValue value) {
            return value.equals(SlotValue.ABSENT) ? SlotValue.of(json) : value;
        }
    }

    /** Parses a time in a free attribute: RFC 3339 text, or the number of seconds since 1970. */
    static Optional<Instant> time(Json value) {
        try {
            if (value instanceof JsonString string) {
                return Optional.of(Instant.parse(string.value()));
            }
            if (value instanceof JsonNumber number && number.asLong().isPresent()) {
                return Optional.of(Instant.ofEpochSecond(number.asLong().getAsLong()));
            }
            return Optional.empty();
        } catch (DateTimeException notATime) {
            return Optional.empty();
        }
    }
}
