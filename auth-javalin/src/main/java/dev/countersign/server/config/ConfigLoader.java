package dev.countersign.server.config;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import dev.countersign.file.InvalidFileException;
import dev.countersign.file.Problem;
import dev.countersign.internal.yaml.NearestName;
import dev.countersign.internal.yaml.Problems;
import dev.countersign.internal.yaml.Section;
import dev.countersign.internal.yaml.YamlDocument;
import dev.countersign.json.Json;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonPointer;
import dev.countersign.json.JsonString;
import dev.countersign.json.text.JsonText;
import dev.countersign.server.files.FileTrouble;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads the configuration. A flag overrides an environment variable, which overrides the configuration file, which overrides the default. */
public final class ConfigLoader {

    /** The environment variable that names the configuration file. */
    public static final String FILE_VARIABLE = "AUTH_CONFIG";

    /** The environment variable that holds the master key. */
    public static final String MASTER_KEY_VARIABLE = "AUTH_MASTER_KEY";

    private static final String PREFIX = "AUTH_";

    private static final Logger LOG = LoggerFactory.getLogger(ConfigLoader.class);
    private static final Path WORKING_FOLDER = Path.of("");

    private final Map<String, String> environment;
    private final List<String> foreign;
    private final List<String> problems = new ArrayList<>();

    /**
     * Creates a loader.
     *
     * @param environment the environment variables
     */
    public ConfigLoader(Map<String, String> environment) {
        Map<String, String> ours = new HashMap<>();
        List<String> others = new ArrayList<>();
        environment.entrySet().stream()
                .filter(variable -> variable.getKey().startsWith(PREFIX))
                .forEach(variable -> {
                    if (ServiceVariables.matches(variable)) {
                        others.add(variable.getKey());
                    } else {
                        ours.put(variable.getKey(), variable.getValue());
                    }
                });
        this.environment = ours;
        this.foreign = others.stream().sorted().toList();
    }

    /**
     * Loads the configuration.
     *
     * @param flags the values of the flags
     * @param file the configuration file named by a flag
     * @return the configuration
     * @throws ConfigException if anything is invalid; the message lists every problem
     */
    public ServerConfig load(Map<Setting, String> flags, Optional<String> file) throws ConfigException {
        requireNonNull(flags, "flags");
        requireNonNull(file, "file");

        checkVariables();
        if (!foreign.isEmpty()) {
            LOG.info("ignored variables that Kubernetes sets for services: {}", String.join(", ", foreign));
        }
        Map<Setting, Source> sources = new EnumMap<>(Setting.class);
        file.or(() -> Optional.ofNullable(environment.get(FILE_VARIABLE))).ifPresent(path -> readFile(path, sources));
        for (Setting setting : Setting.values()) {
            String variable = environment.get(setting.variable());
            if (variable != null) {
                readText(setting, setting.variable(), variable, sources);
            }
            String flag = flags.get(setting);
            if (flag != null) {
                readText(setting, setting.flag(), flag, sources);
            }
        }
        ServerConfig config = new ConfigReader(new SettingValues(sources), password()).read();
        sources.values().forEach(this::note);
        checkPassword(config.database(), sources.containsKey(Setting.DATABASE));
        if (!problems.isEmpty()) {
            throw new ConfigException(String.join("\n", problems));
        }
        return config;
    }

    /**
     * The place where a setting's value was found.
     *
     * @param folder the base of relative paths in the value
     * @param wording formats a problem with the value
     */
    record Source(Section section, Problems problems, Path folder, Function<Problem, String> wording) {

        /** Resolves a path from the value. */
        Path path(String text) {
            return folder.resolve(text);
        }
    }

    private void readFile(String path, Map<Setting, Source> sources) {
        try {
            Path file = TextFile.path(path).toAbsolutePath();
            YamlDocument document = YamlDocument.read(path, TextFile.read(file));
            Problems found = document.problems();
            Section section = Section.of(document.root(), JsonPointer.ROOT, Setting.keys(), found);
            Source source = new Source(section, found, file.resolveSibling(""), Problem::toString);
            for (Setting setting : Setting.values()) {
                if (section.has(setting.key())) {
                    sources.put(setting, source);
                }
            }
            note(source);
        } catch (InvalidFileException invalid) {
            problems.add(String.valueOf(invalid.getMessage()));
        } catch (IOException unreadable) {
            problems.add(path + ": the configuration file cannot be read: " + FileTrouble.of(unreadable));
        }
    }

    private void readText(Setting setting, String name, String text, Map<Setting, Source> sources) {
        try {
            YamlDocument document = YamlDocument.read(name, setting.isText() ? quoted(text) : text);
            Json value = document.root();
            Problems found = document.problems();
            Json member = JsonObject.of(ImmutableMap.of(setting.key(), value));
            Section section = Section.of(member, JsonPointer.ROOT, Setting.keys(), found);
            sources.put(setting, new Source(section, found, WORKING_FOLDER, ConfigLoader::shortText));
        } catch (InvalidFileException invalid) {
            invalid.problems().stream().map(ConfigLoader::shortText).forEach(problems::add);
        }
    }

    // A flag or a variable needs no line number or pointer.
    private static String shortText(Problem problem) {
        return problem.file() + ": " + problem.found() + "; " + problem.right();
    }

    // Every JSON text is YAML.
    private static String quoted(String text) {
        return JsonText.write(new JsonString(text));
    }

    private void note(Source source) {
        try {
            source.problems().throwIfAny();
        } catch (InvalidFileException invalid) {
            invalid.problems().stream()
                    .map(source.wording())
                    .filter(line -> !problems.contains(line))
                    .forEach(problems::add);
        }
    }

    private Optional<DatabasePassword> password() {
        String value = environment.get(DatabasePassword.VARIABLE);
        if (value != null && value.isEmpty()) {
            problems.add(DatabasePassword.VARIABLE + ": the variable is empty; leave it out if there is no password");
        }
        return Optional.ofNullable(value).map(DatabasePassword::of);
    }

    private void checkPassword(DatabaseConfig database, boolean hasAddress) {
        boolean sqlite = database.url().map(DatabaseUrl::isSqlite).orElse(!hasAddress);
        if (database.password().isPresent() && sqlite) {
            problems.add(DatabasePassword.VARIABLE
                    + ": an SQLite file has no users; leave it out, or give the address of a server as "
                    + Setting.DATABASE.flag());
        }
    }

    /** Reports unknown variables with our prefix as typing errors; other variables may belong to other programs. */
    private void checkVariables() {
        List<String> known = new ArrayList<>(
                Arrays.stream(Setting.values()).map(Setting::variable).toList());
        known.add(FILE_VARIABLE);
        known.add(DatabasePassword.VARIABLE);
        known.add(MASTER_KEY_VARIABLE);
        environment.keySet().stream()
                .filter(name -> name.startsWith(PREFIX) && !known.contains(name))
                .sorted()
                .forEach(name ->
                        problems.add("environment: unknown variable " + name + "; " + NearestName.advice(name, known)));
    }
}
