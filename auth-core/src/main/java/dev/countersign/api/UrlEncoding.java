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

/** Names and values in {@code application/x-www-form-urlencoded} (WHATWG URL Standard, §5.1): a form, or a query. */
final class UrlEncoding {

    private static final Splitter PAIRS = Splitter.on('&').omitEmptyStrings();

    private UrlEncoding() {}

    /**
     * The fields of a form, in order.
     *
     * @throws MalformedFormException if an escape is none, or decodes to what is not UTF-8
     */
    static List<Map.Entry<String, String>> form(String text) throws MalformedFormException {
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        for (String pair : PAIRS.split(text)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            fields.add(Map.entry(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1))));
        }
        return fields;
    }

    /** The parameters of a query; a pair that cannot be decoded counts as it was sent. */
    static Map<String, List<String>> query(String text) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String pair : PAIRS.split(text)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            parameters
                    .computeIfAbsent(lenient(name), absent -> new ArrayList<>())
                    .add(lenient(value));
        }
        return parameters;
    }

    private static String lenient(String encoded) {
        try {
            return decode(encoded);
        } catch (MalformedFormException malformed) {
            return encoded;
        }
    }

    private static String decode(String encoded) throws MalformedFormException {
        if (encoded.indexOf('%') < 0) {
            return encoded.replace('+', ' ');
        }
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
                throw new MalformedFormException("a bad escape");
            }
            to.write(16 * high + low);
            i += 2;
        }
        return utf8(ByteBuffer.wrap(to.toByteArray()));
    }

    static String utf8(ByteBuffer bytes) throws MalformedFormException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException notUtf8) {
            throw new MalformedFormException("not UTF-8");
        }
    }
}
