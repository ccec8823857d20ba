package dev.countersign.dialect;

import static java.util.Objects.requireNonNull;

import dev.countersign.template.Template;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A cookie to set (RFC 6265).
 *
 * @param name the name
 * @param value the value, with slots
 * @param path the path it is sent back to
 * @param domain the domain it is sent back to; null for the server's own
 * @param maxAge how long it is kept; null for as long as the browser is open
 * @param secure whether it is sent over TLS only
 * @param httpOnly whether scripts may not read it
 * @param sameSite whether requests from other sites carry it
 */
public record CookieTemplate(
        String name,
        Template value,
        String path,
        @Nullable String domain,
        @Nullable Duration maxAge,
        boolean secure,
        boolean httpOnly,
        Site sameSite) {

    /** Refuses what is missing. */
    public CookieTemplate {
        requireNonNull(name, "name");
        requireNonNull(value, "value");
        requireNonNull(path, "path");
        requireNonNull(sameSite, "sameSite");
    }

    /** Whether requests from other sites carry a cookie. */
    public enum Site {
        /** Never. */
        STRICT("Strict"),
        /** When a link is followed. */
        LAX("Lax"),
        /** Always; browsers ask for a secure cookie then. */
        NONE("None");

        private final String word;

        Site(String word) {
            this.word = word;
        }

        /** {@return the value of the attribute {@code SameSite}} */
        public String word() {
            return word;
        }
    }
}
