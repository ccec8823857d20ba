package dev.countersign.dialect.file;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.countersign.internal.yaml.Problems;
import dev.countersign.json.JsonPointer;
import java.util.Locale;
import java.util.regex.Pattern;

/** The rules of HTTP for headers (RFC 9110 §5). */
final class HeaderRules {

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern VALUE = Pattern.compile("[\\t -~]*");
    private static final Pattern MEDIA_TYPE = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+/[A-Za-z0-9!#$%&'*+.^_`|~-]+"
            + "(\\s*;\\s*[A-Za-z0-9!#$%&'*+.^_`|~-]+=([A-Za-z0-9!#$%&'*+.^_`|~-]+|\"[^\"\\\\]*\"))*");
    private static final Pattern OTHER_CHARSET = Pattern.compile("(?i);\\s*charset=(?!\"?utf-8\"?\\s*(;|$))");

    /** Headers that only the server sets: message framing, connection handling and content encoding. */
    private static final ImmutableSet<String> FRAMING = ImmutableSet.of(
            "connection",
            "content-encoding",
            "content-length",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private static final ImmutableMap<String, String> OWN_KEYS =
            ImmutableMap.of("content-type", "write it under content_type");

    private HeaderRules() {}

    static boolean isToken(String text) {
        return TOKEN.matcher(text).matches();
    }

    /** {@return whether a header can carry the text: printable ASCII and tabs only} */
    static boolean isValue(String text) {
        return VALUE.matcher(text).matches();
    }

    /** Checks the name of a response header. */
    static void checkResponseName(String name, JsonPointer at, Problems problems) {
        String folded = name.toLowerCase(Locale.ROOT);
        if (!isToken(name)) {
            problems.add(at, "this is not a header's name", "letters, digits and hyphens");
        } else if (FRAMING.contains(folded)) {
            problems.add(at, name + " is set by the server itself", "leave it out");
        } else if (OWN_KEYS.containsKey(folded)) {
            problems.add(at, name + " has a key of its own", OWN_KEYS.get(folded));
        }
    }

    /** Checks the name of a request header. */
    static void checkRequestName(String name, JsonPointer at, Problems problems) {
        if (!isToken(name)) {
            problems.add(
                    at,
                    "'" + name + "' is not a header's name",
                    "letters, digits and hyphens; a query parameter is part of a route: POST /login?name=value");
        } else if (FRAMING.contains(name.toLowerCase(Locale.ROOT))) {
            problems.add(at, name + " only controls the connection", "another header");
        }
    }

    static void checkValue(String value, JsonPointer at, Problems problems) {
        if (!isValue(value)) {
            problems.add(at, "the header's value has line breaks or non-ASCII letters", "printable ASCII in one line");
        }
    }

    /** Checks a content type; false if it is invalid. */
    static boolean isType(String type, JsonPointer at, Problems problems) {
        if (!MEDIA_TYPE.matcher(type).matches()) {
            problems.add(at, "'" + type + "' is not a media type", "such as application/json; charset=utf-8");
            return false;
        }
        if (OTHER_CHARSET.matcher(type).find()) {
            problems.add(at, type, "bodies are UTF-8: charset=utf-8 or none");
        }
        return true;
    }
}
