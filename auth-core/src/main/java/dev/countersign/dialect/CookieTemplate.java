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
 * @param path the attribute {@code Path}
 * @param domain the attribute {@code Domain}; null for the server's own host only
 * @param maxAge how long the browser keeps it; null until the browser is closed
 * @param secure whether browsers send it over TLS only
 * @param httpOnly whether it is hidden from scripts
 * @param sameSite which requests from other sites carry it
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

    /** Rejects null components. */
    public CookieTemplate {
        requireNonNull(name, "name");
        requireNonNull(value, "value");
        requireNonNull(path, "path");
        requireNonNull(sameSite, "sameSite");
    }

    /** Which requests from other sites carry a cookie. */
    public enum Site {
        /** Never. */
        STRICT("Strict"),
        /** When a link is followed. */
        LAX("Lax"),
        /** Always; browsers then require a secure cookie. */
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
