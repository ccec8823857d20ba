package dev.countersign.json.text;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.countersign.json.Json;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonBoolean;
import dev.countersign.json.JsonNull;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.WholeText;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * Reads JSON text (RFC 8259) strictly, and writes it compactly. Reading refuses duplicate members, anything after the value, text that is
 * not UTF-8, a byte order mark, nesting deeper than {@value #MAX_DEPTH}, numbers longer than {@value #MAX_NUMBER_LENGTH}
 * characters, and exponents that move the decimal point by more than {@value #MAX_SCALE} digits. Thread-safe.
 */
public final class JsonText {

    /** The maximum depth of nesting. */
    public static final int MAX_DEPTH = 32;

    /** The maximum length of a number, in characters. */
    public static final int MAX_NUMBER_LENGTH = 100;

    /** The maximum number of digits by which an exponent moves the decimal point; arithmetic with larger exponents takes too long. */
    public static final int MAX_SCALE = 1000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            // Recycled buffers would keep the contents of earlier texts, such as passwords.
            .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .build())
            .build();

    private JsonText() {}

    /**
     * Reads one JSON value.
     *
     * @param text the whole text; white space around the value is allowed
     * @return the value
     * @throws JsonSyntaxException if the text is not exactly one JSON value within the limits of this class
     */
    public static Json read(String text) throws JsonSyntaxException {
        return read(text.toCharArray(), text.length());
    }

    private static Json read(char[] text, int length) throws JsonSyntaxException {
        try (JsonParser parser = FACTORY.createParser(text, 0, length)) {
            if (parser.nextToken() == null) {
                throw new JsonSyntaxException("there is no value", 1, 1);
            }
            Json value = value(parser);
            if (parser.nextToken() != null) {
                throw problem("there is something after the value", parser);
            }
            return value;
        } catch (JsonParseException notJson) {
            throw new JsonSyntaxException(
                    "this is not JSON",
                    notJson.getLocation().getLineNr(),
                    notJson.getLocation().getColumnNr());
        } catch (IOException beyondLimits) {
            throw new JsonSyntaxException("this is nested too deeply, too long or not JSON", 1, 1);
        }
    }

    /**
     * Reads one JSON value from bytes.
     *
     * @param utf8 the whole text in UTF-8
     * @return the value
     * @throws JsonSyntaxException if the bytes are not UTF-8 or not exactly one JSON value
     */
    public static Json read(byte[] utf8) throws JsonSyntaxException {
        // A text has at most as many characters as bytes.
        CharBuffer text = CharBuffer.allocate(utf8.length);
        try {
            CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
            CoderResult end = decoder.decode(ByteBuffer.wrap(utf8), text, true);
            if (end.isError() || decoder.flush(text).isError()) {
                throw new JsonSyntaxException("this is not UTF-8", 1, 1);
            }
            return read(text.array(), text.position());
        } finally {
            Arrays.fill(text.array(), '\0');
        }
    }

    /**
     * Writes a value without white space, with members in their order. A half character (lone surrogate) is escaped: JSON allows it, UTF-8 does not.
     *
     * @param value the value
     * @return the text
     */
    public static String write(Json value) {
        requireNonNull(value, "value");

        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            write(value, generator);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return escapeLoneSurrogates(text.toString());
    }

    // In JSON text, a lone surrogate can only be inside a string, where it can be escaped.
    private static String escapeLoneSurrogates(String json) {
        if (WholeText.isWhole(json)) {
            return json;
        }
        StringBuilder escaped = new StringBuilder(json.length() + 16);
        json.codePoints().forEach(c -> {
            if (WholeText.isHalf(c)) {
                escaped.append("\\u").append(Integer.toHexString(c));
            } else {
                escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }

    private static Json value(JsonParser parser) throws IOException, JsonSyntaxException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            ImmutableMap.Builder<String, Json> members = ImmutableMap.builder();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                members.put(name, value(parser));
            }
            return new JsonObject(members.buildOrThrow());
        }
        if (token == JsonToken.START_ARRAY) {
            ImmutableList.Builder<Json> items = ImmutableList.builder();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(value(parser));
            }
            return new JsonArray(items.build());
        }
        return scalar(parser, token);
    }

    private static Json scalar(JsonParser parser, JsonToken token) throws IOException, JsonSyntaxException {
        if (token == JsonToken.VALUE_STRING) {
            return new JsonString(parser.getText());
        }
        if (token == JsonToken.VALUE_NULL) {
            return JsonNull.NULL;
        }
        if (token.isNumeric()) {
            return number(parser);
        }
        if (token.isBoolean()) {
            return new JsonBoolean(token == JsonToken.VALUE_TRUE);
        }
        throw problem("this is not a JSON value", parser);
    }

    private static JsonNumber number(JsonParser parser) throws IOException, JsonSyntaxException {
        try {
            BigDecimal number = parser.getDecimalValue();
            if (number.scale() >= -MAX_SCALE && number.scale() <= MAX_SCALE) {
                // 3e0 has the same scale as 3: set one to distinguish them.
                boolean plain = number.scale() != 0 || parser.currentToken() == JsonToken.VALUE_NUMBER_INT;
                return new JsonNumber(plain ? number : number.setScale(1));
            }
        } catch (NumberFormatException beyondBigDecimal) {
            // Refused below, like any number with such an exponent.
        }
        throw problem("this number's exponent is too large", parser);
    }

    private static JsonSyntaxException problem(String what, JsonParser parser) {
        return new JsonSyntaxException(
                what,
                parser.currentTokenLocation().getLineNr(),
                parser.currentTokenLocation().getColumnNr());
    }

    private static void write(Json value, JsonGenerator to) throws IOException {
        if (value instanceof JsonObject object) {
            to.writeStartObject();
            for (Map.Entry<String, Json> member : object.members().entrySet()) {
                to.writeFieldName(member.getKey());
                write(member.getValue(), to);
            }
            to.writeEndObject();
        } else if (value instanceof JsonArray array) {
            to.writeStartArray();
            for (Json item : array.items()) {
                write(item, to);
            }
            to.writeEndArray();
        } else if (value instanceof JsonString string) {
            to.writeString(string.value());
        } else if (value instanceof JsonNumber number) {
            to.writeNumber(number.toString());
        } else if (value instanceof JsonBoolean bool) {
            to.writeBoolean(bool.value());
        } else {
            to.writeNull();
        }
    }
}
