package dev.countersign.api;

import com.google.common.collect.ImmutableList;
import java.util.Optional;

/** The parameters after a scheme (RFC 9110 §11.2), such as {@code token="…", nonce="…"}, parsed in one pass. */
final class AuthParameters {

    private final String text;
    private int at;

    private AuthParameters(String text) {
        this.text = text;
    }

    /**
     * Every value of one parameter, in order.
     *
     * @param text what follows the scheme
     * @param name the parameter's name; its case does not matter
     * @return the values, none if the parameter does not occur; empty if the text is not a list of parameters
     */
    static Optional<ImmutableList<String>> values(String text, String name) {
        return new AuthParameters(text).read(name);
    }

    private Optional<ImmutableList<String>> read(String name) {
        ImmutableList.Builder<String> values = ImmutableList.builder();
        for (skipSpace(); at < text.length(); skipSpace()) {
            if (text.charAt(at) == ',') {
                at++;
                continue;
            }
            String found = word();
            skipSpace();
            if (found.isEmpty() || at == text.length() || text.charAt(at) != '=') {
                return Optional.empty();
            }
            at++;
            skipSpace();
            Optional<String> value = value();
            skipSpace();
            if (value.isEmpty() || (at < text.length() && text.charAt(at) != ',')) {
                return Optional.empty();
            }
            if (found.equalsIgnoreCase(name)) {
                values.add(value.get());
            }
        }
        return Optional.of(values.build());
    }

    private Optional<String> value() {
        if (at < text.length() && text.charAt(at) == '"') {
            return quoted();
        }
        int start = at;
        while (at < text.length() && !isSpace(text.charAt(at)) && text.charAt(at) != ',' && text.charAt(at) != '"') {
            at++;
        }
        return at == start ? Optional.empty() : Optional.of(text.substring(start, at));
    }

    private Optional<String> quoted() {
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return Optional.of(value.toString());
            }
            if (c == '\\' && at + 1 < text.length()) {
                at++;
                c = text.charAt(at);
            }
            value.append(c);
        }
        return Optional.empty();
    }

    private String word() {
        int start = at;
        while (at < text.length() && !isSpace(text.charAt(at)) && "=,\"".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    private void skipSpace() {
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }
}
