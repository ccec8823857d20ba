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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One {@code ${name | conversion …}}: where the value comes from and the steps on its way out. */
public record Slot(SlotName name, ImmutableList<Conversion> conversions) {

    private static final ImmutableMap<String, Conversion.Plain> PLAIN = Arrays.stream(Conversion.Plain.values())
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

    // A quoted date pattern and a quoted default may hold a bar of their own.
    private static final Pattern STEP =
            Pattern.compile("\\|\\s*([a-z-]+)(?:\\s+('[^']*'|\"(?:[^\"\\\\]|\\\\.)*\"|[^|]+?))?\\s*(?=\\||$)");

    /** {@return the words of the conversions a template may use, for documentation and error messages} */
    public static ImmutableList<String> conversionWords() {
        return ImmutableList.<String>builder()
                .addAll(PLAIN.keySet())
                .add("date", "default")
                .build();
    }

    static Slot parse(String text) {
        int bar = text.indexOf('|');
        SlotName name = SlotName.parse((bar < 0 ? text : text.substring(0, bar)).strip());
        ImmutableList.Builder<Conversion> conversions = ImmutableList.builder();
        int end = bar < 0 ? text.length() : bar;
        Matcher matcher = STEP.matcher(text);
        while (end < text.length()) {
            if (!matcher.find(end) || matcher.start() != end) {
                throw new IllegalArgumentException("cannot read the conversions in ${" + text + "}");
            }
            conversions.add(conversion(matcher.group(1), matcher.group(2)));
            end = matcher.end();
        }
        return new Slot(name, conversions.build());
    }

    private static Conversion conversion(String word, @Nullable String argument) {
        Conversion.Plain plain = PLAIN.get(word);
        if (plain != null && argument == null) {
            return plain;
        }
        if (word.equals("date") && argument != null) {
            return Conversion.Date.of(unquoted(argument));
        }
        if (word.equals("default") && argument != null) {
            return new Conversion.Default(constant(argument));
        }
        throw new IllegalArgumentException("no such conversion: " + word + (argument == null ? "" : " " + argument)
                + "; there are " + conversionWords().stream().collect(Collectors.joining(", "))
                + ", of which date and default take an argument");
    }

    private static String unquoted(String argument) {
        return argument.startsWith("'") && argument.endsWith("'") && argument.length() > 1
                ? argument.substring(1, argument.length() - 1)
                : argument;
    }

    private static Json constant(String argument) {
        if (argument.length() > 1 && (argument.startsWith("'") || argument.startsWith("\""))) {
            return new JsonString(argument.substring(1, argument.length() - 1));
        }
        if (argument.matches("-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,18})?")) {
            return new JsonNumber(new BigDecimal(argument));
        }
        Json word = CONSTANTS.get(argument);
        if (word == null) {
            throw new IllegalArgumentException("a default is 'text', a number, true, false, [] or {}, not " + argument);
        }
        return word;
    }

    /** {@return whether the slot says how a time is written} */
    public boolean writesTime() {
        return conversions.stream().anyMatch(Conversion::writesTime);
    }

    /** {@return whether the slot converts the value to a string} */
    public boolean writesString() {
        return conversions.contains(Conversion.Plain.STRING);
    }

    /** {@return whether the slot has a value of its own for an absent one} */
    public boolean hasDefault() {
        return conversions.stream().anyMatch(Conversion.Default.class::isInstance);
    }

    boolean omitsAbsent() {
        return conversions.contains(Conversion.Plain.OMIT);
    }

    Json fill(Slots slots) {
        SlotValue value = slots.value(name);
        for (Conversion conversion : conversions) {
            value = conversion.apply(value);
        }
        if (value instanceof SlotValue.OfJson json) {
            return json.value();
        }
        return ((SlotValue.OfJson) Conversion.Plain.ISO.apply(value)).value();
    }
}
