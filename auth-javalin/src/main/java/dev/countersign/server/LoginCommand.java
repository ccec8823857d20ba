package dev.countersign.server;

import com.google.common.collect.ImmutableList;
import com.google.common.escape.Escaper;
import com.google.common.net.PercentEscaper;
import dev.countersign.dialect.BodyKind;
import dev.countersign.dialect.Endpoint;
import dev.countersign.dialect.Field;
import dev.countersign.dialect.JsonType;
import dev.countersign.dialect.RequestShape;
import dev.countersign.dialect.Route;
import dev.countersign.json.Json;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonPointer;
import dev.countersign.json.JsonString;
import dev.countersign.json.text.JsonText;
import dev.countersign.user.AttributeChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A login as a curl command to paste into a shell, with the body type that the dialect reads. */
final class LoginCommand {

    private static final String CONTENT_TYPE = "Content-Type";
    // curl sends the part before the first = unchanged, and the server decodes it.
    private static final Escaper NAME = new PercentEscaper("-_.~[]", false);
    private static final Escaper QUERY = new PercentEscaper("-_.~", false);

    private final RequestShape shape;
    private final Map<JsonPointer, Json> values = new LinkedHashMap<>();

    private LoginCommand(Endpoint login, Function<Field, String> value) {
        this.shape = login.request();
        values.putAll(shape.constants());
        shape.fields().forEach(field -> values.put(field.at(), typed(value.apply(field), field)));
    }

    /**
     * Builds the command.
     *
     * @param view how a client on this machine calls the server
     * @param route the route of the login, with its prefix
     * @param login the login endpoint of the dialect
     * @param value the value of each field
     * @return one line for a POSIX shell
     */
    static String of(ClientView view, Route route, Endpoint login, Function<Field, String> value) {
        LoginCommand command = new LoginCommand(login, value);
        List<String> words = new ArrayList<>(List.of("curl", "-i"));
        view.options().forEach(option -> words.add(option.startsWith("--") ? option : quoted(option)));
        if (!route.method().equals("POST")) {
            words.addAll(List.of("-X", route.method()));
        }
        command.shape.headers().forEach((name, text) -> {
            words.add("-H");
            words.add(quoted(name + ": " + (text.isEmpty() ? "x" : text)));
        });
        words.addAll(command.body());
        words.add(quoted(view.address() + route.path() + query(route)));
        return String.join(" ", words);
    }

    private List<String> body() {
        return switch (kind()) {
            case JSON -> {
                List<String> words = new ArrayList<>(List.of("-d", quoted(JsonText.write(json()))));
                if (shape.headers().keySet().stream().noneMatch(CONTENT_TYPE::equalsIgnoreCase)) {
                    words.addAll(0, List.of("-H", quoted(CONTENT_TYPE + ": " + BodyKind.JSON.mediaType())));
                }
                yield words;
            }
            case FORM -> fields("--data-urlencode", NAME::escape);
            // Unlike -F, --form-string does not read a file if a password begins with @.
            case MULTIPART -> fields("--form-string", name -> name);
        };
    }

    private BodyKind kind() {
        List<BodyKind> kinds = shape.mediaTypes();
        return kinds.isEmpty() || kinds.contains(BodyKind.JSON) ? BodyKind.JSON : kinds.get(0);
    }

    private JsonObject json() {
        return AttributeChange.apply(
                JsonObject.EMPTY,
                values.entrySet().stream()
                        .map(entry -> new AttributeChange(entry.getKey().segments(), entry.getValue()))
                        .collect(ImmutableList.toImmutableList()));
    }

    private List<String> fields(String flag, Function<String, String> escape) {
        return values.entrySet().stream()
                .map(entry -> flag + " " + quoted(escape.apply(name(entry.getKey())) + "=" + entry.getValue()))
                .toList();
    }

    /** The name of a form's field: {@code user[email]} for the pointer {@code /user/email}. */
    private static String name(JsonPointer at) {
        List<String> segments = at.segments();
        return segments.get(0)
                + segments.stream().skip(1).map(segment -> "[" + segment + "]").collect(Collectors.joining());
    }

    private static Json typed(String text, Field field) {
        boolean digits = !text.isEmpty() && text.length() <= 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return field.type() == JsonType.INTEGER
                ? JsonNumber.of(digits ? Long.parseLong(text) : 0)
                : new JsonString(text);
    }

    private static String query(Route route) {
        return route.query().entrySet().stream()
                .map(entry -> QUERY.escape(entry.getKey()) + "=" + QUERY.escape(entry.getValue()))
                .collect(Collectors.collectingAndThen(
                        Collectors.joining("&"), query -> query.isEmpty() ? "" : "?" + query));
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
