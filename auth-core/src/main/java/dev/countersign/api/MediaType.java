package dev.countersign.api;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Optional;

/** A {@code Content-Type} field, parsed leniently: malformed parameters are skipped (RFC 9110 §8.3.1). */
record MediaType(String text) {

    /** {@return type and subtype as sent, without parameters} */
    String withoutParameters() {
        int semicolon = text.indexOf(';');
        return (semicolon < 0 ? text : text.substring(0, semicolon)).strip();
    }

    /** {@return whether its {@code charset} is UTF-8, or there is none} */
    boolean isUtf8() {
        Optional<String> charset = parameter("charset");
        try {
            return charset.isEmpty() || Charset.forName(charset.get()).equals(StandardCharsets.UTF_8);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return false;
        }
    }

    /** The first parameter with that name. */
    private Optional<String> parameter(String name) {
        int at = end(0);
        while (at < text.length()) {
            int end = end(at + 1);
            String parameter = text.substring(at + 1, end);
            int equals = parameter.indexOf('=');
            if (equals > 0 && parameter.substring(0, equals).strip().equalsIgnoreCase(name)) {
                return Optional.of(unquoted(parameter.substring(equals + 1).strip()));
            }
            at = end;
        }
        return Optional.empty();
    }

    /** The position of the next semicolon outside quotes, or of the end. */
    private int end(int from) {
        boolean quoted = false;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '\\' && quoted) {
                i++;
            } else if (c == ';' && !quoted) {
                return i;
            }
        }
        return text.length();
    }

    private static String unquoted(String value) {
        return value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1")
                : value;
    }
}
