package dev.countersign.dialect.file;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import dev.countersign.dialect.Dialect;
import dev.countersign.file.InvalidFileException;
import dev.countersign.internal.yaml.NearestName;
import dev.countersign.internal.yaml.Problems;
import dev.countersign.internal.yaml.Section;
import dev.countersign.internal.yaml.YamlDocument;
import dev.countersign.json.Json;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonPointer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A parsed dialect file whose settings have no values yet. Immutable. */
public final class DialectSource {

    private static final JsonPointer SETTINGS = JsonPointer.parse("/settings");

    private final YamlDocument document;
    private final ImmutableMap<String, Json> declared;

    private DialectSource(YamlDocument document) {
        this.document = document;
        this.declared = SETTINGS.in(document.root())
                .filter(JsonObject.class::isInstance)
                .map(json -> ImmutableMap.copyOf(((JsonObject) json).members()))
                .orElse(ImmutableMap.of());
    }

    /**
     * Parses a dialect file.
     *
     * @param file the file's name, for problems
     * @param text the file's text
     * @return the source
     * @throws InvalidFileException if the text is not YAML with plain values
     */
    public static DialectSource parse(String file, String text) throws InvalidFileException {
        requireNonNull(file, "file");
        requireNonNull(text, "text");

        return new DialectSource(YamlDocument.read(file, text));
    }

    /** {@return the names of the settings that the file declares} */
    public Set<String> settings() {
        return declared.keySet();
    }

    /**
     * Reads the dialect.
     *
     * @param given values for settings that the file declares
     * @return the dialect, with the file's warnings
     * @throws InvalidFileException if anything is invalid, with every problem; an undeclared setting is a problem, too
     */
    public DialectFile read(Map<String, String> given) throws InvalidFileException {
        Reading reading = reading(given);
        FileWarnings.note(reading.root(), reading.dialect(), reading.problems());
        return new DialectFile(reading.dialect(), reading.problems().warnings());
    }

    /**
     * Reads the dialect without looking for anything to warn of, which takes as long as reading it.
     *
     * @param given values for settings that the file declares
     * @return the dialect
     * @throws InvalidFileException if anything is invalid, with every problem; an undeclared setting is a problem, too
     */
    public Dialect dialect(Map<String, String> given) throws InvalidFileException {
        return reading(given).dialect();
    }

    private record Reading(Json root, Dialect dialect, Problems problems) {}

    private Reading reading(Map<String, String> given) throws InvalidFileException {
        requireNonNull(given, "given");

        Problems problems = document.problems();
        Map<String, String> values = new LinkedHashMap<>();
        declared.forEach((name, json) -> values.put(name, given.getOrDefault(name, byDefault(name, json, problems))));
        given.keySet().stream()
                .filter(name -> !declared.containsKey(name))
                .forEach(name -> problems.add(SETTINGS, "there is no setting " + name, advice(name)));
        SettingsFilling filling = new SettingsFilling(values, problems);
        Json root = filling.fill(document.root(), JsonPointer.ROOT);
        filling.unused()
                .forEach(name -> problems.warn(
                        SETTINGS.child(name),
                        "nothing uses the setting " + name,
                        "${setting." + name + "} where it belongs"));
        Optional<Dialect> dialect = new DialectReader(root, problems).read();
        problems.throwIfAny();
        return new Reading(root, dialect.orElseThrow(), problems);
    }

    private static String byDefault(String name, Json json, Problems problems) {
        if (json.isNull() || json instanceof JsonObject || json instanceof JsonArray) {
            problems.add(
                    SETTINGS.child(name),
                    "the setting " + name + " is " + Section.kind(json),
                    "a text, a number, true or false");
        }
        return json.toString();
    }

    /**
     * Formats the advice about an undeclared setting.
     *
     * @param name the undeclared name
     * @return the nearest setting, or all settings
     */
    public String advice(String name) {
        requireNonNull(name, "name");

        return declared.isEmpty() ? "the dialect has no settings: leave it out" : NearestName.advice(name, settings());
    }
}
