package dev.countersign.api;

import com.google.common.net.InetAddresses;
import dev.countersign.throttle.ClientAddress;
import java.util.List;
import java.util.Locale;

/** Reads the addresses of a forwarding header from its end; further to the left than asked for, nothing is even parsed. Used by one thread. */
final class ForwardedHops {

    private static final String FOR = "for=";

    private final List<String> lines;
    private final TrustedProxies.Header header;
    private int line;
    private int end;

    ForwardedHops(List<String> lines, TrustedProxies.Header header) {
        this.lines = lines;
        this.header = header;
        this.line = lines.size() - 1;
        this.end = lines.isEmpty() ? 0 : lines.get(line).length();
    }

    /** The address before the last one that was read; unknown if there is none, or it is no address. */
    ClientAddress next() {
        while (line >= 0) {
            String text = lines.get(line);
            int comma = separator(text, ',', end);
            String element = text.substring(comma + 1, end).strip();
            if (comma < 0) {
                line--;
                end = line < 0 ? 0 : lines.get(line).length();
            } else {
                end = comma;
            }
            // RFC 9110 §5.6.1: empty elements of lists are ignored.
            if (!element.isEmpty()) {
                return header == TrustedProxies.Header.FORWARDED ? address(forOf(element)) : address(element);
            }
        }
        return ClientAddress.unknown();
    }

    /** The last separator before an end that is not within quotes. Searched from the right, so that an open quote of the client's does not hide it. */
    private static int separator(String text, char separator, int end) {
        boolean quoted = false;
        for (int i = end - 1; i >= 0; i--) {
            char at = text.charAt(i);
            if (at == '"' && (i == 0 || text.charAt(i - 1) != '\\')) {
                quoted = !quoted;
            } else if (at == separator && !quoted) {
                return i;
            }
        }
        return -1;
    }

    /** The value of {@code for} in an element of {@code Forwarded}; empty if there is none, or several. */
    private static String forOf(String element) {
        String found = "";
        int end = element.length();
        while (end >= 0) {
            int semicolon = separator(element, ';', end);
            String pair = element.substring(semicolon + 1, end).strip();
            if (pair.toLowerCase(Locale.ROOT).startsWith(FOR)) {
                if (!found.isEmpty()) {
                    return "";
                }
                found = unquoted(pair.substring(FOR.length()));
            }
            end = semicolon;
        }
        return found;
    }

    private static String unquoted(String value) {
        return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
    }

    /** An address, with or without a port. A name, {@code unknown} and an obfuscated {@code _name} are none. */
    private static ClientAddress address(String text) {
        if (text.startsWith("[")) {
            int bracket = text.indexOf(']');
            return bracket > 0 && isPort(text.substring(bracket + 1))
                    ? ClientAddress.of(text.substring(0, bracket + 1))
                    : ClientAddress.unknown();
        }
        int colon = text.indexOf(':');
        boolean hasPort = colon >= 0 && colon == text.lastIndexOf(':');
        if (hasPort) {
            return isPort(text.substring(colon)) && InetAddresses.isInetAddress(text.substring(0, colon))
                    ? ClientAddress.of(text.substring(0, colon))
                    : ClientAddress.unknown();
        }
        return ClientAddress.of(text);
    }

    private static boolean isPort(String text) {
        return text.isEmpty() || text.matches(":[0-9]{1,5}");
    }
}
