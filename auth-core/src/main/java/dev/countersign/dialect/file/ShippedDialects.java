package dev.countersign.dialect.file;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.io.Resources;
import dev.countersign.dialect.Dialect;
import dev.countersign.file.InvalidFileException;
import dev.countersign.internal.yaml.NearestName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The dialect files that come with Countersign. */
public final class ShippedDialects {

    private ShippedDialects() {}

    /** {@return the names; the recommended dialect for a new application is first} */
    public static List<String> names() {
        return ImmutableList.copyOf(
                Splitter.on('\n').trimResults().omitEmptyStrings().split(resource("index.txt")));
    }

    /**
     * Returns the text of a dialect file.
     *
     * @param name one of {@link #names}
     * @return the file's text
     * @throws IllegalArgumentException if there is no such dialect
     */
    public static String text(String name) {
        requireNonNull(name, "name");

        if (!names().contains(name)) {
            throw new IllegalArgumentException(
                    "there is no dialect " + name + "; " + NearestName.advice(name, names()));
        }
        return resource(name + ".yaml");
    }

    /**
     * Returns a dialect file without values for its settings.
     *
     * @param name one of {@link #names}
     * @return the file
     * @throws IllegalArgumentException if there is no such dialect
     */
    public static DialectSource source(String name) {
        requireNonNull(name, "name");

        try {
            return DialectSource.parse(name + ".yaml", text(name));
        } catch (InvalidFileException broken) {
            throw new IllegalArgumentException(broken.getMessage(), broken);
        }
    }

    /**
     * Returns a dialect with the default settings of its file.
     *
     * @param name one of {@link #names}
     * @return the dialect
     * @throws IllegalArgumentException if there is no such dialect
     */
    public static Dialect dialect(String name) {
        requireNonNull(name, "name");

        return dialect(name, Map.of());
    }

    /**
     * Returns a dialect with other settings.
     *
     * @param name one of {@link #names}
     * @param settings values for settings the file declares
     * @return the dialect
     * @throws IllegalArgumentException if there is no such dialect, its file does not declare a setting, or a setting's value is invalid
     */
    public static Dialect dialect(String name, Map<String, String> settings) {
        requireNonNull(name, "name");
        requireNonNull(settings, "settings");

        try {
            return source(name).dialect(settings);
        } catch (InvalidFileException broken) {
            throw new IllegalArgumentException(broken.getMessage(), broken);
        }
    }

    private static String resource(String file) {
        try {
            return Resources.toString(Resources.getResource(ShippedDialects.class, file), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
