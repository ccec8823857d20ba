package dev.countersign.dialect.file;

import dev.countersign.dialect.CookieTemplate;
import dev.countersign.internal.yaml.Section;
import dev.countersign.template.Template;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads cookies to set (RFC 6265 §4.1). */
final class CookieReader {

    private static final Pattern PATH = Pattern.compile("/[!-:<-~]*");
    private static final Pattern DOMAIN = Pattern.compile(
            "\\.?([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)*[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");
    private static final Duration LONGEST = Duration.ofSeconds(Integer.MAX_VALUE);

    private final Templates templates;
    private final Section cookie;

    CookieReader(Templates templates, Section cookie) {
        this.templates = templates;
        this.cookie = cookie;
    }

    Optional<CookieTemplate> read(SlotScope scope) {
        Optional<Template> value = cookie.required("value", "such as ${token}")
                .flatMap(json -> templates.text(json, cookie.at("value"), scope));
        String name = name();
        String path =
                text("path", PATH, "a path such as /v3, in printable ASCII").orElse("/");
        @Nullable
        String domain = text("domain", DOMAIN, "a domain such as example.com, without scheme and port")
                .orElse(null);
        CookieTemplate.Site site = cookie.word("same_site", CookieTemplate.Site.class, CookieTemplate.Site.STRICT);
        boolean secure = cookie.flag("secure", true);
        boolean httpOnly = cookie.flag("http_only", true);
        @Nullable Duration maxAge = cookie.duration("max_age").orElse(null);
        if (maxAge != null && maxAge.compareTo(LONGEST) > 0) {
            refuse("max_age", "max_age is " + cookie.json("max_age").orElseThrow(), "at most 24855d");
        }
        if (site == CookieTemplate.Site.NONE && !secure) {
            cookie.problems()
                    .add(
                            cookie.at(),
                            "same_site none without secure",
                            "secure: true, otherwise browsers drop the cookie");
        }
        checkPrefix(name, secure, path.equals("/") && domain == null);
        return value.map(template -> new CookieTemplate(name, template, path, domain, maxAge, secure, httpOnly, site));
    }

    private String name() {
        cookie.required("name", "the cookie's name");
        String name = cookie.text("name").orElse("");
        if (cookie.has("name") && !HeaderRules.isToken(name)) {
            refuse("name", "this is not a cookie's name", "letters, digits and hyphens");
        }
        return name;
    }

    private Optional<String> text(String key, Pattern form, String right) {
        Optional<String> text = cookie.text(key);
        if (text.filter(found -> !form.matcher(found).matches()).isPresent()) {
            refuse(key, key + " is '" + text.get() + "'", right);
            return Optional.empty();
        }
        return text;
    }

    /** Browsers drop a cookie that breaks the rules of its name prefix (RFC 6265bis §4.1.3). */
    private void checkPrefix(String name, boolean secure, boolean hostOnly) {
        if (name.startsWith("__Host-") && !(secure && hostOnly)) {
            refuse("name", "browsers drop this __Host- cookie", "secure: true, path: / and no domain");
        } else if (name.startsWith("__Secure-") && !secure) {
            refuse("name", "browsers drop this __Secure- cookie", "secure: true");
        }
    }

    private void refuse(String key, String what, String right) {
        cookie.problems().add(cookie.at(key), what, right);
    }
}
