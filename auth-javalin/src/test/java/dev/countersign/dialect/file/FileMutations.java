package dev.countersign.dialect.file;

import com.google.common.base.Splitter;
import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dialect files with seeded mistakes: changed keys, values and types, lines that are swapped, moved, doubled or missing. */
final class FileMutations {

    private static final Pattern KEY = Pattern.compile("([a-z_][a-zA-Z_.]*):");

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "false",
            "[]",
            "{}",
            "\"\"",
            "7",
            "-1",
            "204",
            "1e99999",
            "[a, b]",
            "{a: b}",
            "text",
            "\"${user.id}\"",
            "\"${user.attributes}\"",
            "\"x ${user.attributes.roles}\"",
            "\"${token}\"",
            "\"${token.id}\"",
            "\"${token.expires_at | iso}\"",
            "\"${fields}\"",
            "\"${keys}\"",
            "\"${error.reason}\"",
            "\"${field.limit}\"",
            "\"${user.created_at | date 'yyyy-MM-dd''T''HH:mm'}\"",
            "\"${request.header.Host}\"",
            "${",
            "\"}\"",
            "|",
            "\"'\"",
            "\"a\\nb\"",
            "\"\\u0000\"",
            "\u00e9",
            "\"\\U0001F40E\"",
            "/",
            "//",
            "/~",
            "/a/b/0",
            "\"POST /\"",
            "\"GET /users/:id\"",
            "[\"GET /users/{id}\"]",
            "[\"POST /a b\"]",
            "[\"POST /v1/a:b?c=d\"]",
            "[\"POST /x?a=1&a=2\"]",
            "[\"GET /%6de\"]",
            "[\"POST /a//b\", \"POST /a/../b\"]",
            "[\"?apikey\"]",
            "[\"X-Key: \\t1\"]",
            "Content-Length",
            "{Transfer-Encoding: chunked}",
            "application/json; charset=latin1",
            "[application/x-www-form-urlencoded]",
            "[{body: /token}]",
            "[{cookie: \"a b\"}]",
            "[{name: \"a;b\", value: \"${token}\"}]",
            "[{name: a, value: \"${user.attributes.roles}\", domain: \"https://x\", path: \"a;b\"}]",
            "0s",
            "1ms",
            "999999999d",
            "99999999999999999999d",
            "%zz",
            "&a *a",
            "*user",
            "!!int x");

    private final Random random;

    FileMutations(long seed) {
        this.random = new Random(seed);
    }

    /** The shipped files, and the one in which everything is said. */
    static List<String> originals() {
        List<String> texts = new ArrayList<>();
        ShippedDialects.names().forEach(name -> texts.add(ShippedDialects.text(name)));
        texts.add(everything());
        return texts;
    }

    static String everything() {
        try {
            return Resources.toString(
                    Resources.getResource("dev/countersign/javalin/everything.yaml"), StandardCharsets.UTF_8);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** The file with one to three mistakes. */
    String mutated(String text) {
        List<String> lines = new ArrayList<>(Splitter.on('\n').splitToList(text));
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            change(lines);
        }
        return String.join("\n", lines);
    }

    private void change(List<String> lines) {
        int at = random.nextInt(lines.size());
        String line = lines.get(at);
        int column = random.nextInt(line.length() + 1);
        switch (random.nextInt(11)) {
            case 0 -> lines.remove(at);
            case 1 -> lines.add(at, one(lines));
            case 2 -> Collections.swap(lines, at, Math.min(at + 1, lines.size() - 1));
            case 3 -> lines.set(at, line.substring(0, column) + one(VALUES) + line.substring(column));
            case 4 -> lines.set(at, line.substring(0, column));
            case 5 -> lines.set(at, random.nextBoolean() ? "  " + line : line.replaceFirst("^  ", ""));
            case 6 -> lines.set(at, KEY.matcher(line).replaceFirst(Matcher.quoteReplacement(key() + ":")));
            case 7 -> lines.set(at, line.replaceFirst("\\w", "x"));
            default -> lines.set(at, valued(line));
        }
    }

    /** The line with another value, in a flow mapping perhaps for one of its keys. */
    private String valued(String line) {
        List<Integer> values = new ArrayList<>();
        for (int at = line.indexOf(": "); at >= 0; at = line.indexOf(": ", at + 1)) {
            values.add(at + 2);
        }
        if (values.isEmpty()) {
            return line.startsWith("    ") && line.contains("- ")
                    ? line.substring(0, line.indexOf("- ") + 2) + one(VALUES)
                    : line;
        }
        int from = one(values);
        int end = Math.max(line.indexOf(',', from), line.indexOf('}', from));
        return line.substring(0, from) + one(VALUES) + (line.contains("{") && end > from ? line.substring(end) : "");
    }

    private String key() {
        List<String> keys = Arrays.stream(DialectKey.values())
                .flatMap(mapping -> mapping.keys().stream())
                .toList();
        return one(keys);
    }

    private <T> T one(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
