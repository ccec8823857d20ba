package dev.countersign.api;

import com.google.common.base.Splitter;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decodes names and values in {@code application/x-www-form-urlencoded} (WHATWG URL Standard, §5.1), for forms and queries. */
final class UrlEncoding {

    private static final Splitter PAIRS = Splitter.on('&').omitEmptyStrings();

    private UrlEncoding() {}

    /**
     * The fields of a form, in order.
     *
     * @throws MalformedFormException if an escape is invalid, or decodes to bytes that are not UTF-8
     */
    static List<Map.Entry<String, String>> form(String text) throws MalformedFormException {
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        for (String pair : PAIRS.split(text)) {
            Optional<byte[]> name = octets(name(pair));
            Optional<byte[]> value = octets(value(pair));
            if (name.isEmpty() || value.isEmpty()) {
                throw new MalformedFormException("a bad escape");
            }
            fields.add(Map.entry(utf8(ByteBuffer.wrap(name.get())), utf8(ByteBuffer.wrap(value.get()))));
        }
        return fields;
    }

    /** The parameters of a query. A pair with an invalid escape is skipped; bytes that are not UTF-8 are replaced. */
    static Map<String, List<String>> query(String text) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String pair : PAIRS.split(text)) {
            Optional<byte[]> name = octets(name(pair));
            Optional<byte[]> value = octets(value(pair));
            if (name.isPresent() && value.isPresent()) {
                parameters
                        .computeIfAbsent(new String(name.get(), StandardCharsets.UTF_8), absent -> new ArrayList<>())
                        .add(new String(value.get(), StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }

    private static String name(String pair) {
        int equals = pair.indexOf('=');
        return equals < 0 ? pair : pair.substring(0, equals);
    }

    private static String value(String pair) {
        int equals = pair.indexOf('=');
        return equals < 0 ? "" : pair.substring(equals + 1);
    }

    /** The decoded bytes; empty if a percent sign is not followed by two hexadecimal digits. */
    private static Optional<byte[]> octets(String encoded) {
        byte[] from = encoded.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream to = new ByteArrayOutputStream(from.length);
        for (int i = 0; i < from.length; i++) {
            if (from[i] != '%') {
                to.write(from[i] == '+' ? ' ' : from[i]);
                continue;
            }
            int high = i + 2 < from.length ? Character.digit(from[i + 1], 16) : -1;
            int low = i + 2 < from.length ? Character.digit(from[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                return Optional.empty();
            }
            to.write(16 * high + low);
            i += 2;
        }
        return Optional.of(to.toByteArray());
    }

    static String utf8(ByteBuffer bytes) throws MalformedFormException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException notUtf8) {
            throw new MalformedFormException("not UTF-8");
        }
    }
}
