package dev.countersign.template;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.countersign.json.Json;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonBoolean;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Parses a slot: a name, then conversions, each after a vertical bar. A quote inside quotes is doubled. */
final class SlotParser {

    static final ImmutableMap<String, Conversion.Plain> PLAIN = Arrays.stream(Conversion.Plain.values())
            .collect(ImmutableMap.toImmutableMap(plain -> plain.word, Function.identity()));

    private static final ImmutableMap<String, Json> CONSTANTS = ImmutableMap.of(
            "true",
            new JsonBoolean(true),
            "false",
            new JsonBoolean(false),
            "[]",
            JsonArray.of(),
            "{}",
            JsonObject.EMPTY);

    private final String text;
    private int at;

    SlotParser(String text, int start) {
        this.text = text;
        this.at = start;
    }

    /** Parses up to the closing brace. */
    Slot slot() {
        SlotName name = SlotName.parse(name());
        ImmutableList.Builder<Conversion> conversions = ImmutableList.builder();
        while (current() == '|') {
            at++;
            conversions.add(conversion());
        }
        at++;
        return new Slot(name, conversions.build());
    }

    /** {@return the index after the slot} */
    int end() {
        return at;
    }

    private char current() {
        if (at == text.length()) {
            throw new SlotException(
                    "a slot is not closed: " + text + " (write $${ for the characters ${ themselves)",
                    SlotException.FORM);
        }
        return text.charAt(at);
    }

    private String name() {
        int start = at;
        while (current() != '|' && current() != '}') {
            skip();
        }
        return text.substring(start, at).strip();
    }

    /** Skips a character, or a quoted text, which may hold bars and braces. */
    private void skip() {
        char open = current();
        at++;
        if (open == '"' || open == '\'') {
            int close = text.indexOf(open, at);
            at = close < 0 ? text.length() : close + 1;
        }
    }

    private void skipSpace() {
        while (Character.isWhitespace(current())) {
            at++;
        }
    }

    private Conversion conversion() {
        skipSpace();
        int start = at;
        while ((current() >= 'a' && current() <= 'z') || current() == '-') {
            at++;
        }
        String word = text.substring(start, at);
        if (word.isEmpty()) {
            throw new SlotException("there is no conversion after a bar: " + text, SlotException.CONVERSIONS);
        }
        skipSpace();
        @Nullable Argument argument = current() == '|' || current() == '}' ? null : argument();
        return conversion(word, argument);
    }

    /** The argument of a conversion. */
    private record Argument(String value, boolean quoted) {}

    private Argument argument() {
        if (current() == '\'' || current() == '"') {
            Argument quoted = new Argument(quoted(), true);
            skipSpace();
            if (current() != '|' && current() != '}') {
                throw new SlotException(
                        "there are characters after the closing quote: " + text,
                        "double a quote inside quotes, as in date 'yyyy-MM-dd''T''HH:mm:ss'");
            }
            return quoted;
        }
        int start = at;
        int depth = 0;
        while (current() != '|' && (current() != '}' || depth > 0)) {
            depth += current() == '{' ? 1 : current() == '}' ? -1 : 0;
            skip();
        }
        return new Argument(text.substring(start, at).strip(), false);
    }

    private String quoted() {
        char quote = current();
        at++;
        StringBuilder value = new StringBuilder();
        while (current() != quote || (at + 1 < text.length() && text.charAt(at + 1) == quote)) {
            at += current() == quote ? 1 : 0;
            value.append(current());
            at++;
        }
        at++;
        return value.toString();
    }

    private static Conversion conversion(String word, @Nullable Argument argument) {
        Conversion.Plain plain = PLAIN.get(word);
        if (plain != null && argument == null) {
            return plain;
        }
        if (argument != null) {
            switch (word) {
                case "date" -> {
                    return DatePattern.of(argument.value());
                }
                case "join" -> {
                    return new Conversion.Join(text(argument));
                }
                case "default" -> {
                    return new Conversion.Default(constant(argument));
                }
                default -> {}
            }
        }
        throw new SlotException(
                Slot.conversionWords().contains(word)
                        ? word + (argument == null ? " takes an argument" : " takes no argument")
                        : "no such conversion: " + word,
                SlotException.CONVERSIONS);
    }

    private static String text(Argument argument) {
        if (!argument.quoted()) {
            throw new SlotException("join " + argument.value(), "a separator in quotes, as in join ' '");
        }
        return argument.value();
    }

    private static Json constant(Argument argument) {
        String value = argument.value();
        if (argument.quoted()) {
            return new JsonString(value);
        }
        if (value.matches("-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,18})?")) {
            return new JsonNumber(new BigDecimal(value));
        }
        Json word = CONSTANTS.get(value);
        if (word == null) {
            throw new SlotException("the default is " + value, "a default is 'text', a number, true, false, [] or {}");
        }
        return word;
    }
}
