package dev.countersign.dialect;

import dev.countersign.json.Json;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonBoolean;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import java.util.Locale;
import java.util.function.Predicate;

/** The JSON types an input field can be asked to have. */
public enum JsonType {
    /** A string. */
    STRING(JsonString.class::isInstance),
    /** A number without a fraction. */
    INTEGER(json -> json instanceof JsonNumber number && number.asLong().isPresent()),
    /** A string or an integer; as an identifier, the integer is read as its digits. */
    STRING_OR_INTEGER(json -> STRING.fits(json) || INTEGER.fits(json)),
    /** A number. */
    NUMBER(JsonNumber.class::isInstance),
    /** True or false. */
    BOOLEAN(JsonBoolean.class::isInstance),
    /** An array. */
    ARRAY(JsonArray.class::isInstance),
    /** An object. */
    OBJECT(JsonObject.class::isInstance),
    /** Anything. */
    ANY(json -> true);

    private final Predicate<Json> test;

    JsonType(Predicate<Json> test) {
        this.test = test;
    }

    /** {@return whether the value has this type; null has none but {@link #ANY}} */
    public boolean fits(Json value) {
        return test.test(value);
    }

    /** {@return the name in a dialect file} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
