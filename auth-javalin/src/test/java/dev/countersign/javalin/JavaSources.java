package dev.countersign.javalin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The main sources of all modules, taken apart into string literals and the code around them; comments are left out. */
final class JavaSources {

    private static final Pattern TOKEN = Pattern.compile(
            "//[^\\n]*|/\\*.*?\\*/|'(?:[^'\\\\]|\\\\.)+'|\"((?:[^\"\\\\\\n]|\\\\.)*)\"", Pattern.DOTALL);

    /** A null check names what is missing by its name in the code, which says nothing of a contract. */
    private static final Pattern NULL_CHECK = Pattern.compile("requireNonNull\\((\\w+), \"\\1\"\\)");

    private JavaSources() {}

    /** One file without its comments. */
    record Source(List<String> literals, String code) {}

    /** {@return every main source by its path} */
    static Map<Path, Source> all() {
        Map<Path, Source> sources = new LinkedHashMap<>();
        for (String module : List.of("auth-core", "auth-jdbi", "auth-javalin", "auth-testkit")) {
            Path main = Path.of("..", module, "src", "main", "java");
            try (Stream<Path> files = Files.walk(main)) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .forEach(file -> sources.put(file, source(file)));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        return sources;
    }

    private static Source source(Path file) {
        try {
            return source(Files.readString(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static Source source(String text) {
        List<String> literals = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(NULL_CHECK.matcher(text).replaceAll("requireNonNull($1)"));
        StringBuilder code = new StringBuilder();
        while (matcher.find()) {
            if (matcher.group(1) != null) {
                literals.add(matcher.group(1).replace("\\\"", "\"").replace("\\\\", "\\"));
            }
            matcher.appendReplacement(code, " ");
        }
        matcher.appendTail(code);
        return new Source(literals, code.toString());
    }
}
