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
 * JSON text (RFC 8259), read strictly and written compactly. Refused when read: duplicate members, anything after the value, text that is
 * not UTF-8, a byte order mark, nesting deeper than {@value #MAX_DEPTH}, numbers longer than {@value #MAX_NUMBER_LENGTH}
 * characters or with more than {@value #MAX_SCALE} zeros or digits that an exponent stands for. Thread-safe.
 */
public final class JsonText {

    /** The deepest nesting that is read. */
    public static final int MAX_DEPTH = 32;

    /** The longest number, in characters, that is read. */
    public static final int MAX_NUMBER_LENGTH = 100;

    /** The farthest an exponent may move a number's point; arithmetic with farther ones takes for ever. */
    public static final int MAX_SCALE = 1000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            // Buffers for the next text would keep what was in this one: passwords, for example.
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
            throw new JsonSyntaxException("this is nested too deeply, too long or no JSON", 1, 1);
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
        // As many characters as bytes at most.
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
     * Writes a value without white space, members in their order. Half a character (a lone surrogate), which JSON allows and UTF-8 does not, is
     * escaped.
     *
     * @param value what to write
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

    // In JSON text they can only be inside a string, where they can be escaped.
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
                // 3e0 has no scale of its own to tell it from 3.
                boolean plain = number.scale() != 0 || parser.currentToken() == JsonToken.VALUE_NUMBER_INT;
                return new JsonNumber(plain ? number : number.setScale(1));
            }
        } catch (NumberFormatException beyondBigDecimal) {
            // Refused below like any number of such an exponent.
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
