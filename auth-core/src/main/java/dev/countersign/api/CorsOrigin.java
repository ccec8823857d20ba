package dev.countersign.api;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.net.InetAddresses;
import com.google.common.net.InternetDomainName;
import java.net.IDN;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An origin as browsers serialize it (RFC 6454 §6.2), or the origins of all hosts below a domain.
 *
 * @param before the whole origin; for a pattern the text before its star
 * @param after the text after the star; empty for one origin
 */
record CorsOrigin(String before, String after) {

    private static final Pattern FORM = Pattern.compile("([^:/]+)://([^/?#@]+?)(?::([0-9]*))?");
    private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]*");
    private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,4}");
    private static final CharMatcher LABEL =
            CharMatcher.inRange('a', 'z').or(CharMatcher.inRange('0', '9')).or(CharMatcher.anyOf("-_"));
    private static final CharMatcher IN_HOST = LABEL.or(CharMatcher.is('.'));
    private static final String PORT_RANGE = "its port is a number from 1 to 65535";
    private static final String BELOW = "*.";

    /**
     * Reads an origin.
     *
     * @throws IllegalArgumentException if the text is not an origin; the message says how to write it
     */
    static CorsOrigin parse(String text) {
        if (text.equals("*")) {
            throw wrong(text, "it stands for every website; name the origins of your pages");
        }
        if (text.equals("null")) {
            throw wrong(text, "browsers send it for files and for every sandboxed frame, so it identifies nobody");
        }
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw wrong(text, advice(text));
        }
        String scheme = parts.group(1);
        if (!SCHEME.matcher(scheme).matches()) {
            throw wrong(text, "its scheme is lower-case, such as https");
        }
        if (scheme.equals("file")) {
            throw wrong(text, "browsers send null as the origin of files, which identifies nobody");
        }
        checkPort(text, scheme, parts.group(3));
        String host = parts.group(2);
        if (host.startsWith(BELOW)) {
            String domain = host.substring(BELOW.length());
            checkHost(text, domain);
            checkDomain(text, domain);
            int star = text.indexOf('*');
            return new CorsOrigin(text.substring(0, star), text.substring(star + 1));
        }
        checkHost(text, host);
        return new CorsOrigin(text, "");
    }

    private static String advice(String text) {
        int authority = text.indexOf("://");
        if (authority < 0) {
            return "it begins with a scheme, such as https://";
        }
        if (text.indexOf('@') >= 0) {
            return "it has no user name";
        }
        int end = CharMatcher.anyOf("/?#").indexIn(text, authority + 3);
        return end > authority + 3
                ? "it ends after the host or the port: " + text.substring(0, end)
                : "it has a host after the scheme";
    }

    private static void checkPort(String text, String scheme, String port) {
        if (port == null) {
            return;
        }
        if (!PORT.matcher(port).matches() || Integer.parseInt(port) > 65_535) {
            throw wrong(text, PORT_RANGE);
        }
        if ((scheme.equals("https") && port.equals("443")) || (scheme.equals("http") && port.equals("80"))) {
            throw wrong(
                    text,
                    "browsers leave the default port out: " + text.substring(0, text.length() - port.length() - 1));
        }
    }

    private static void checkHost(String text, String host) {
        if (host.startsWith("[") && host.endsWith("]")) {
            String address = host.substring(1, host.length() - 1);
            if (!InetAddresses.isInetAddress(address)
                    || !InetAddresses.toAddrString(InetAddresses.forString(address))
                            .equals(address)) {
                throw wrong(text, "the address in brackets is not an IPv6 address in its shortest form, such as [::1]");
            }
            return;
        }
        if (host.indexOf(':') >= 0) {
            throw wrong(text, PORT_RANGE);
        }
        if (host.indexOf('*') >= 0) {
            throw wrong(text, "a star stands for the labels before a domain only, as in https://*.example.com");
        }
        if (!CharMatcher.ascii().matchesAllOf(host)) {
            throw wrong(text, "browsers send its ASCII form" + ascii(host));
        }
        String lower = host.toLowerCase(Locale.ROOT);
        if (!lower.equals(host)) {
            throw wrong(text, "its host is lower-case: " + lower);
        }
        for (String label : Splitter.on('.').split(host)) {
            if (label.isEmpty() || !LABEL.matchesAllOf(label)) {
                throw wrong(text, "its host is a name such as app.example.com, or an address");
            }
        }
    }

    private static String ascii(String host) {
        try {
            return ": " + IDN.toASCII(host).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException noName) {
            return "";
        }
    }

    /** Below a domain of a registry, anybody can have a host. */
    private static void checkDomain(String text, String domain) {
        if (domain.equals("localhost")) {
            return;
        }
        if (InetAddresses.isInetAddress(domain) || domain.startsWith("[")) {
            throw wrong(text, "there are no hosts below an address");
        }
        if (domain.indexOf('.') < 0
                || (InternetDomainName.isValid(domain)
                        && InternetDomainName.from(domain).isPublicSuffix())) {
            throw wrong(text, "anybody can get a host below " + domain + "; name the domain that is yours");
        }
    }

    private static IllegalArgumentException wrong(String text, String right) {
        return new IllegalArgumentException("not an origin that can be allowed: " + text + "; " + right);
    }

    /** Whether this is the origin that a browser sent, or it is one of these. */
    boolean matches(String origin) {
        if (after.isEmpty()) {
            return origin.equals(before);
        }
        int labels = origin.length() - before.length() - after.length();
        return labels > 0
                && origin.startsWith(before)
                && origin.endsWith(after)
                && IN_HOST.matchesAllOf(origin.substring(before.length(), before.length() + labels));
    }

    @Override
    public String toString() {
        return after.isEmpty() ? before : before + "*" + after;
    }
}
