package dev.countersign.api;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.Endpoint;
import dev.countersign.dialect.Operation;
import dev.countersign.dialect.OperationRule;
import dev.countersign.dialect.RequestShape;
import dev.countersign.dialect.ResponseTemplate;
import dev.countersign.dialect.Route;
import dev.countersign.dialect.TokenTransport;
import dev.countersign.template.SlotName;
import dev.countersign.template.Template;
import dev.countersign.template.TemplateException;
import dev.countersign.user.UserSlots;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A route for a reverse proxy that asks whether a request may pass, as nginx's {@code auth_request} does: {@code GET} with the headers of the
 * request. A valid token is answered with 200, without body, and with headers about the user. Anything else is refused in the dialect's format, with
 * 401 or 403, which are the statuses that proxies understand. Immutable.
 *
 * @see LoginApi#withProxyCheck
 */
public final class ProxyCheck {

    /** The headers that are sent unless others are chosen: the user's UUID, and the username, or the e-mail address if there is none. */
    public static final ImmutableMap<String, String> HEADERS =
            ImmutableMap.of("X-Auth-User-Id", "${user.uuid}", "X-Auth-User-Name", "${user.login}");

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]*");
    private static final Pattern VALUE = Pattern.compile("[ -~]*");
    private static final ImmutableSet<String> RESERVED = ImmutableSet.of(
            "cache-control",
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "date",
            "keep-alive",
            "set-cookie",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "www-authenticate");
    private static final ImmutableSet<String> TOKEN_SLOTS =
            ImmutableSet.of("token", "token.issued_at", "token.expires_at", "token.lifetime");

    private final String path;
    private final ImmutableMap<String, Template> headers;
    private final @Nullable String originalUri;

    private ProxyCheck(String path, ImmutableMap<String, Template> headers, @Nullable String originalUri) {
        this.path = path;
        this.headers = headers;
        this.originalUri = originalUri;
    }

    /**
     * A check at a path, with the default headers.
     *
     * @param path the whole path, such as {@code /auth/verify}; the prefix of the API does not apply to it
     * @return the check
     * @throws IllegalArgumentException if the text is not a path of letters, digits and {@code . _ ~ -}, or ends with a slash
     */
    public static ProxyCheck at(String path) {
        requireNonNull(path, "path");
        if (!HttpPath.isPlain(path)) {
            throw new IllegalArgumentException("not a path like /auth/verify, without a slash at its end: " + path);
        }
        return new ProxyCheck(path, templates(HEADERS), null);
    }

    /**
     * The same check with other headers in place of the present ones. The values of slots are percent-encoded.
     *
     * @param chosen the value of each header, such as {@code ${user.attributes.role}}: text in which slots of {@code user} and {@code token} are
     *     filled; a header that is only a slot without a value is not sent
     * @return the check
     * @throws IllegalArgumentException if a name is not made of letters, digits and hyphens, or belongs to HTTP itself; if a value is not printable
     *     ASCII, or has a slot that does not exist
     */
    public ProxyCheck withHeaders(Map<String, String> chosen) {
        return new ProxyCheck(path, templates(requireNonNull(chosen, "chosen")), originalUri);
    }

    /**
     * The same check, which reads tokens of the query from the query of the original request. A proxy has to set the header in every request. Only for
     * dialects whose tokens may be in the query.
     *
     * @param header the header with the original request's target, such as {@code X-Forwarded-Uri}; a request with several such lines has no query
     * @return the check
     * @throws IllegalArgumentException if the name is not made of letters, digits and hyphens
     */
    public ProxyCheck withOriginalUri(String header) {
        requireNonNull(header, "header");
        if (!NAME.matcher(header).matches()) {
            throw new IllegalArgumentException("not a header's name of letters, digits and hyphens: " + header);
        }
        return new ProxyCheck(path, headers, header);
    }

    /** {@return the whole path} */
    public String path() {
        return path;
    }

    /** {@return the names of the headers about the user} */
    public List<String> headerNames() {
        return headers.keySet().asList();
    }

    Route route() {
        return new Route("GET", path, ImmutableMap.of());
    }

    /**
     * Whether a dialect's own check has this route.
     *
     * @throws IllegalArgumentException if another operation has it
     */
    boolean replaces(Route other, Operation operation) {
        if (!route().covers(other)) {
            return false;
        }
        if (operation != Operation.VERIFY) {
            throw new IllegalArgumentException(
                    other + " is the route of " + operation.word() + ", not one for proxies");
        }
        return true;
    }

    /** This check as an operation of a dialect. */
    Endpoint endpoint(Dialect dialect) {
        return new Endpoint(
                Operation.VERIFY.word(),
                Operation.VERIFY,
                ImmutableList.of(route()),
                RequestShape.NOTHING,
                dialect.transport(),
                TokenTransport.NONE,
                new OperationRule.ForProxies(),
                new ResponseTemplate(200, headers, ImmutableList.of(), new ResponseTemplate.Body.Nothing()));
    }

    /** The query of the original request; empty if the query of the request itself counts. */
    Optional<String> originalQuery(Headers sent) {
        return originalUri().map(header -> {
            List<String> targets = sent.all(header);
            String target = targets.size() == 1 ? targets.get(0) : "";
            int mark = target.indexOf('?');
            int end = target.indexOf('#', mark + 1);
            return mark < 0 ? "" : target.substring(mark + 1, end < 0 ? target.length() : end);
        });
    }

    /** {@return the header with the original request's target; empty if only the request's own query is read} */
    public Optional<String> originalUri() {
        return Optional.ofNullable(originalUri);
    }

    private static ImmutableMap<String, Template> templates(Map<String, String> chosen) {
        ImmutableMap.Builder<String, Template> templates = ImmutableMap.builder();
        chosen.forEach((name, value) -> templates.put(name, template(name, value)));
        return templates.buildOrThrow();
    }

    private static Template template(String name, String value) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a header's name of letters, digits and hyphens: " + name);
        }
        if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(name + " belongs to HTTP itself, choose a name such as X-Auth-Role");
        }
        if (!VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException(name + " has line breaks or non-ASCII letters in its value");
        }
        try {
            Template template = Template.ofText(value);
            template.slots().values().forEach(slots -> slots.forEach(slot -> check(name, slot.name())));
            return template;
        } catch (TemplateException unreadable) {
            throw new IllegalArgumentException(unreadable.problems().values().stream()
                    .map(flaw -> name + ": " + flaw.found() + "; " + flaw.right())
                    .collect(Collectors.joining("; ")));
        }
    }

    private static void check(String header, SlotName slot) {
        boolean known =
                slot.source().equals(UserSlots.SOURCE) ? UserSlots.has(slot) : TOKEN_SLOTS.contains(slot.toString());
        if (!known) {
            throw new IllegalArgumentException(header + ": there is no slot ${" + slot + "}; there are "
                    + UserSlots.names().stream()
                            .map(name -> UserSlots.SOURCE + "." + name)
                            .collect(Collectors.joining(", "))
                    + ", " + String.join(", ", TOKEN_SLOTS));
        }
    }

    /** {@return the path and the names of the headers} */
    @Override
    public String toString() {
        return path + " " + headers.keySet();
    }
}
