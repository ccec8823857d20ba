package dev.countersign.javalin.http;

import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.Endpoint;
import dev.countersign.dialect.Field;
import dev.countersign.dialect.FieldTarget;
import dev.countersign.dialect.Operation;
import dev.countersign.dialect.TokenPlace;
import dev.countersign.json.JsonPointer;
import dev.countersign.json.JsonString;
import dev.countersign.json.text.JsonText;
import dev.countersign.user.IdentifierKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Requests as a dialect wants them, whichever dialect it is. */
public final class Asked {

    public static final String PASSWORD = "kessel run in 12 parsecs";
    private static final Pattern TOKEN = Pattern.compile("eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

    private final Dialect dialect;

    public Asked(Dialect dialect) {
        this.dialect = dialect;
    }

    public Dialect dialect() {
        return dialect;
    }

    public Optional<Endpoint> endpoint(Operation operation) {
        return dialect.endpoints().stream()
                .filter(endpoint -> endpoint.operation() == operation)
                .findFirst();
    }

    public Endpoint login() {
        return endpoint(Operation.LOGIN).orElseThrow();
    }

    public String loginPath() {
        return login().routes().get(0).path();
    }

    public String mePath() {
        return endpoint(Operation.ME).orElseThrow().routes().get(0).path();
    }

    public Field field(FieldTarget target) {
        return login().request().fields().stream()
                .filter(field -> field.target().equals(target))
                .findFirst()
                .orElseThrow();
    }

    /** The body of a login; values are JSON texts. */
    public String body(String identifier, String password) {
        Map<String, Object> root = new LinkedHashMap<>();
        put(root, field(FieldTarget.Named.IDENTIFIER).at(), identifier);
        put(root, field(FieldTarget.Named.PASSWORD).at(), password);
        return text(root);
    }

    private static void put(Map<String, Object> in, JsonPointer at, String json) {
        Map<String, Object> here = in;
        for (String segment : at.segments().subList(0, at.segments().size() - 1)) {
            @SuppressWarnings("unchecked")
            Map<String, Object> below =
                    (Map<String, Object>) here.computeIfAbsent(segment, name -> new LinkedHashMap<String, Object>());
            here = below;
        }
        here.put(at.leaf(), json);
    }

    private static String text(Object node) {
        if (!(node instanceof Map<?, ?> map)) {
            return node.toString();
        }
        StringBuilder text = new StringBuilder("{");
        map.forEach((name, value) -> text.append(text.length() > 1 ? "," : "")
                .append('"')
                .append(name)
                .append("\":")
                .append(text(value)));
        return text.append('}').toString();
    }

    /** A name of the user Han, as this dialect takes it. */
    public String han() {
        return field(FieldTarget.Named.IDENTIFIER).kind() == IdentifierKind.USERNAME
                ? "han.solo"
                : "han@falcon.example";
    }

    public static String quoted(String text) {
        return JsonText.write(new JsonString(text));
    }

    public RawRequest login(String identifier, String password) {
        return RawRequest.post(loginPath()).json(body(identifier, password));
    }

    public RawRequest goodLogin() {
        return login(quoted(han()), quoted(PASSWORD));
    }

    /** The token an answer hands out, wherever it is. */
    public static String token(RawAnswer answer) {
        Matcher matcher = TOKEN.matcher(answer.headerLines() + answer.body());
        if (!matcher.find()) {
            throw new IllegalStateException("no token in " + answer);
        }
        return matcher.group();
    }

    /** A request that shows the user, with that in the first header a token may be in. */
    public RawRequest me(String headerValue) {
        TokenPlace.InHeader place = header();
        return RawRequest.get(mePath()).header(place.name(), headerValue);
    }

    public TokenPlace.InHeader header() {
        return dialect.transport().places().stream()
                .filter(place -> place instanceof TokenPlace.InHeader header && header.parameter() == null)
                .map(TokenPlace.InHeader.class::cast)
                .findFirst()
                .orElseThrow();
    }

    /** What stands before a token in that header. */
    public String scheme() {
        String scheme = header().scheme();
        return scheme == null ? "" : scheme + " ";
    }
}
