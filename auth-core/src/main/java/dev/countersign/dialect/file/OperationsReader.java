package dev.countersign.dialect.file;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.countersign.dialect.Endpoint;
import dev.countersign.dialect.Operation;
import dev.countersign.dialect.Route;
import dev.countersign.dialect.TokenTransport;
import dev.countersign.internal.yaml.KnownKeys;
import dev.countersign.internal.yaml.Problems;
import dev.countersign.internal.yaml.Section;
import dev.countersign.json.Json;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonPointer;
import dev.countersign.session.RefreshRules;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the operations of a file, in the order of their kinds. An operation is named after its kind, or has a name of its own and says its kind. */
final class OperationsReader {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,40}");
    private static final String KIND = "kind";

    private final Section file;
    private final Problems problems;
    private final OperationReader.Shared shared;

    OperationsReader(Section file, OperationReader.Shared shared) {
        this.file = file;
        this.problems = file.problems();
        this.shared = shared;
    }

    ImmutableList<Endpoint> read() {
        file.required("operations", "at least " + Operation.LOGIN.word());
        Section operations = operations();
        Map<String, Operation> kinds = kinds(operations);
        if (!kinds.containsValue(Operation.LOGIN)) {
            problems.add(operations.at(), "there is no " + Operation.LOGIN.word(), "every dialect has one");
        }
        ImmutableList.Builder<Endpoint> endpoints = ImmutableList.builder();
        Map<Route, String> taken = new LinkedHashMap<>();
        for (Operation kind : Operation.values()) {
            kinds.forEach((name, what) -> {
                if (what == kind) {
                    Section section = operations.section(name, DialectKey.OPERATION);
                    Endpoint endpoint = new OperationReader(what, section, shared).read();
                    endpoint.routes().forEach(route -> take(route, name, section.at("routes"), taken));
                    endpoints.add(endpoint);
                }
            });
        }
        return endpoints.build();
    }

    /** The mapping of operations; a name of one's own is known if the operation says its kind. */
    private Section operations() {
        Json value = file.json("operations").orElse(JsonObject.EMPTY);
        ImmutableSet.Builder<String> names = ImmutableSet.<String>builder().addAll(DialectKey.OPERATIONS.keys());
        if (value instanceof JsonObject object) {
            object.members().forEach((name, operation) -> {
                if (operation instanceof JsonObject written && written.get(KIND).isPresent()) {
                    names.add(name);
                }
            });
        }
        return Section.of(value, file.at("operations"), new Names(names.build()), problems);
    }

    /** The names of operations, with the advice about others. */
    private record Names(Collection<String> keys) implements KnownKeys {

        @Override
        public String otherAdvice(String key) {
            return DialectKey.OPERATIONS.otherAdvice(key);
        }
    }

    private Map<String, Operation> kinds(Section operations) {
        Map<String, Operation> kinds = new LinkedHashMap<>();
        for (String name : operations.written()) {
            Optional<Operation> named = Arrays.stream(Operation.values())
                    .filter(operation -> operation.word().equals(name))
                    .findFirst();
            JsonPointer at = operations.at(name).child(KIND);
            Optional<Json> written = operations.json(name).flatMap(JsonPointer.ROOT.child(KIND)::in);
            Optional<Operation> said = written.flatMap(kind -> operations.word(kind.toString(), at, Operation.class));
            if (named.isPresent() && said.isPresent() && !said.equals(named)) {
                problems.add(at, name + " is of the kind " + said.get().word(), "a name that is not another kind's");
            } else if (said.isPresent() && !NAME.matcher(name).matches()) {
                problems.add(operations.at(name), "the name " + name, "lower-case letters, digits, _ and -");
            }
            named.or(() -> said).ifPresent(kind -> kinds.put(name, kind));
        }
        return kinds;
    }

    /** Reports a route that no request can reach, because an earlier route takes all of its requests. */
    private void take(Route route, String operation, JsonPointer at, Map<Route, String> taken) {
        for (Map.Entry<Route, String> before : taken.entrySet()) {
            if (before.getKey().covers(route)) {
                problems.add(
                        at,
                        before.getKey().equals(route)
                                ? route + " is also a route of " + before.getValue()
                                : route + " is never reached: " + before.getKey() + " of " + before.getValue()
                                        + " takes its requests",
                        "one operation per route; routes differ by method, path or a query parameter");
                return;
            }
        }
        taken.put(route, operation);
    }

    /** Reports answers without the tokens that they exist for, and refresh tokens in a dialect that has none. */
    static void checkAnswers(List<Endpoint> endpoints, Optional<RefreshRules> refresh, Problems problems) {
        boolean rotates = refresh.filter(rules -> rules.rotation() == RefreshRules.Rotation.SINGLE_USE)
                .isPresent();
        for (Endpoint endpoint : endpoints) {
            JsonPointer answer = FileWarnings.operation(endpoint).child("answer");
            boolean tokens = gives(endpoint, "token");
            boolean refreshes = gives(endpoint, SlotScope.REFRESH_TOKEN);
            boolean issues = switch (endpoint.operation()) {
                case LOGIN, REFRESH, RENEW -> true;
                default -> false;
            };
            if (issues && !tokens) {
                problems.add(answer, "the answer contains no token", "${token} in the body, a header or a cookie");
            } else if (endpoint.operation() == Operation.REFRESH && rotates && !refreshes) {
                problems.add(
                        answer,
                        "the answer contains no refresh token, and the presented one works once",
                        "${refresh_token} in the body, a header or a cookie, or rotation: kept");
            }
            if (refreshes && refresh.isEmpty()) {
                problems.add(
                        answer,
                        "${refresh_token} never has a value here",
                        "refresh_token: {} in the file itself, for random tokens that work once, or leave the slot out");
            }
            if (!endpoint.refreshTransport().equals(TokenTransport.NONE) && refresh.isEmpty()) {
                problems.add(
                        FileWarnings.operation(endpoint),
                        "there are no refresh tokens for " + endpoint.name(),
                        "refresh_token: {} in the file itself, for random tokens that work once");
            }
        }
    }

    private static boolean gives(Endpoint endpoint, String slot) {
        return FileWarnings.shown(endpoint.answer()).stream().anyMatch(name -> name.is(slot));
    }
}
