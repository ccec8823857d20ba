package dev.countersign.javalin.dialect;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.countersign.dialect.Route;
import dev.countersign.javalin.yaml.Problems;
import dev.countersign.javalin.yaml.Section;
import dev.countersign.json.JsonPointer;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads routes as an API's documentation writes them: {@code POST /users/login}. */
final class RouteReader {

    private static final ImmutableSet<String> METHODS = ImmutableSet.of("GET", "POST", "PUT", "PATCH", "DELETE");
    // Pattern characters of the router are no part of a path.
    private static final Pattern FORM = Pattern.compile("([A-Z]+) (/[A-Za-z0-9._~!$&'()+,;=:@%/-]*)(?:\\?(\\S+))?");
    private static final String RIGHT = "a method and a path, such as POST /acme/login";

    private RouteReader() {}

    static ImmutableList<Route> read(Section operation) {
        ImmutableList<Route> routes =
                operation.list("routes", (json, at) -> route(json.asString().orElse(""), at, operation.problems()));
        if (!operation.has("routes")) {
            operation.problems().add(operation.at(), "there is no route", "routes: with " + RIGHT);
        }
        return routes;
    }

    private static Optional<Route> route(String text, JsonPointer at, Problems problems) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches() || !METHODS.contains(matcher.group(1))) {
            problems.add(at, text.isEmpty() ? "this is no route" : text, RIGHT);
            return Optional.empty();
        }
        ImmutableMap.Builder<String, String> query = ImmutableMap.builder();
        if (matcher.group(3) != null) {
            for (String pair : Splitter.on('&').split(matcher.group(3))) {
                List<String> parts = Splitter.on('=').limit(2).splitToList(pair);
                if (parts.size() != 2 || parts.get(0).isEmpty()) {
                    problems.add(at, pair, "a query parameter with its value, such as ?grant_type=password");
                    return Optional.empty();
                }
                query.put(parts.get(0), parts.get(1));
            }
        }
        return Optional.of(new Route(matcher.group(1), matcher.group(2), query.buildKeepingLast()));
    }
}
