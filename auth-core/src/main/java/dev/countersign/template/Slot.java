package dev.countersign.template;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import dev.countersign.json.Json;
import java.util.List;

/**
 * One {@code ${name | conversion …}}.
 *
 * @param name where the value comes from
 * @param conversions the steps on its way out, in order; cannot be modified
 */
public record Slot(SlotName name, List<Conversion> conversions) {

    /** Copies the list. */
    public Slot {
        requireNonNull(name, "name");
        requireNonNull(conversions, "conversions");

        conversions = ImmutableList.copyOf(conversions);
    }

    /** {@return the words of the conversions a template may use, for documentation and error messages} */
    public static List<String> conversionWords() {
        return ImmutableList.<String>builder()
                .addAll(SlotParser.PLAIN.keySet())
                .add("date", "join", "default")
                .build();
    }

    /**
     * Parses the text between a slot's braces.
     *
     * @param text a name, then conversions, each after a vertical bar
     * @return the slot
     * @throws IllegalArgumentException if the text is not a slot
     */
    public static Slot parse(String text) {
        requireNonNull(text, "text");

        return new SlotParser(text + "}", 0).slot();
    }

    /** {@return this slot with the conversions of another slot appended} */
    public Slot followedBy(Slot other) {
        return new Slot(
                name,
                ImmutableList.<Conversion>builder()
                        .addAll(conversions)
                        .addAll(other.conversions)
                        .build());
    }

    /** {@return whether the slot has a time conversion} */
    public boolean writesTime() {
        return conversions.stream().anyMatch(Conversion::writesTime);
    }

    /** {@return whether the slot converts the value to a string} */
    public boolean writesString() {
        return conversions.contains(Conversion.Plain.STRING);
    }

    /** {@return whether the slot joins a list to one text} */
    public boolean joinsList() {
        return conversions.stream().anyMatch(Conversion.Join.class::isInstance);
    }

    /** {@return whether the slot replaces an absent value} */
    public boolean hasDefault() {
        return conversions.stream().anyMatch(Conversion.Default.class::isInstance);
    }

    /** {@return whether the slot omits its member if there is no value} */
    public boolean omitsAbsent() {
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
