package dev.countersign.dialect.file;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.countersign.dialect.Operation;
import dev.countersign.dialect.Route;
import dev.countersign.internal.yaml.Problems;
import dev.countersign.internal.yaml.Section;
import dev.countersign.json.Json;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonPointer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads routes in the form of an API's documentation: {@code POST /users/login}. */
final class RouteReader {

    private static final ImmutableSet<String> METHODS = ImmutableSet.of("GET", "POST", "PUT", "PATCH", "DELETE");
    private static final String RIGHT = "a method and a path, such as POST /acme/login";

    private static final Pattern PARAMETER = Pattern.compile(":.*|.*[{}<>*].*");
    // The characters of RFC 3986 §3.3 except the semicolon: servers remove path parameters.
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9._~!$&'()+,=:@-]+");
    private static final Pattern QUERY = Pattern.compile("[A-Za-z0-9._~:/@!*'(),=-]*");

    private static final String SESSION = "{session.id}";
    private static final ImmutableSet<String> USER = ImmutableSet.of("{user.id}", "{user.uuid}");

    private final Problems problems;
    private final Operation what;

    private RouteReader(Problems problems, Operation what) {
        this.problems = problems;
        this.what = what;
    }

    static ImmutableList<Route> read(Section operation, Operation what) {
        RouteReader reader = new RouteReader(operation.problems(), what);
        ImmutableList<Route> routes = operation.list("routes", reader::route);
        boolean none = operation.json("routes").filter(JsonArray.of()::equals).isPresent();
        if (!operation.has("routes") || none) {
            operation.problems().add(operation.at(), "there is no route", "routes: with " + RIGHT);
        }
        return routes;
    }

    private Optional<Route> route(Json json, JsonPointer at) {
        String text = json.asString().orElse("");
        List<String> parts = Splitter.on(' ').limit(2).splitToList(text);
        if (parts.size() < 2
                || !METHODS.contains(parts.get(0).toUpperCase(Locale.ROOT))
                || parts.get(1).isEmpty()) {
            return refuse(at, text.isEmpty() ? "this is not a route" : text, RIGHT);
        }
        if (!METHODS.contains(parts.get(0))) {
            return refuse(at, text, "the method in capitals: " + parts.get(0).toUpperCase(Locale.ROOT));
        }
        List<String> target = Splitter.on('?').limit(2).splitToList(parts.get(1));
        Optional<String> path = path(target.get(0), at);
        Optional<ImmutableMap<String, String>> query =
                target.size() < 2 ? Optional.of(ImmutableMap.of()) : query(target.get(1), at);
        return path.isPresent() && query.isPresent()
                ? Optional.of(new Route(parts.get(0), path.get(), query.get()))
                : Optional.empty();
    }

    private Optional<String> path(String path, JsonPointer at) {
        if (!path.startsWith("/")) {
            return refuse(at, "the path " + path, RIGHT);
        }
        List<String> segments = Splitter.on('/').splitToList(path.substring(1));
        for (int i = 0; i < segments.size(); i++) {
            Optional<String> right = flaw(segments.get(i), i == segments.size() - 1);
            if (right.isPresent()) {
                return refuse(at, "the path " + path, right.get());
            }
        }
        if (what == Operation.END_SESSION
                && segments.stream().filter(SESSION::equals).count() != 1) {
            return refuse(at, "the path " + path, "one segment " + SESSION + ", such as DELETE /sessions/" + SESSION);
        }
        return Optional.of(path);
    }

    private Optional<String> flaw(String segment, boolean last) {
        if (segment.isEmpty()) {
            return last
                    ? Optional.empty()
                    : Optional.of("a single slash between names: clients and proxies merge several");
        }
        List<String> parameters = parameters();
        if (parameters.contains(segment)) {
            return Optional.empty();
        }
        if (PARAMETER.matcher(segment).matches()) {
            return Optional.of(
                    parameters.isEmpty()
                            ? "exact paths only: " + what.word() + " has no path parameters, and " + segment + " is one"
                            : "a path parameter of " + what.word() + ": " + String.join(", ", parameters)
                                    + "; there is no " + segment);
        }
        if (segment.equals(".") || segment.equals("..")) {
            return Optional.of("the resolved path: clients never send " + segment);
        }
        if (segment.contains("%")) {
            return Optional.of("the characters themselves: paths are compared as they are sent, without decoding");
        }
        return SEGMENT.matcher(segment).matches()
                ? Optional.empty()
                : Optional.of("only ASCII letters, digits and . _ ~ ! $ & ' ( ) + , = : @ -, no ; and no #");
    }

    /** The path parameters of the operation. Those of the user are compared with the user of the token. */
    private List<String> parameters() {
        return switch (what) {
            case ME, UPDATE, PASSWORD, SESSIONS -> USER.asList();
            case END_SESSION ->
                ImmutableList.<String>builder().add(SESSION).addAll(USER).build();
            default -> ImmutableList.of();
        };
    }

    private Optional<ImmutableMap<String, String>> query(String text, JsonPointer at) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : Splitter.on('&').split(text)) {
            List<String> parts = Splitter.on('=').limit(2).splitToList(pair);
            if (parts.size() != 2 || parts.get(0).isEmpty()) {
                return refuse(at, pair, "a query parameter with its value, such as ?grant_type=password");
            }
            if (!QUERY.matcher(parts.get(0) + parts.get(1)).matches()) {
                return refuse(at, pair, "a decoded value of ASCII letters, digits and . _ ~ : / @ ! * ' ( ) , = -");
            }
            if (query.put(parts.get(0), parts.get(1)) != null) {
                return refuse(at, parts.get(0) + " appears twice", "each query parameter once");
            }
        }
        return Optional.of(ImmutableMap.copyOf(query));
    }

    private <T> Optional<T> refuse(JsonPointer at, String what, String right) {
        problems.add(at, what, right);
        return Optional.empty();
    }
}
