package dev.countersign.api;

import com.google.common.collect.ImmutableSet;
import dev.countersign.dialect.Reason;
import dev.countersign.user.UserId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers a reverse proxy. Several APIs may share the path: the first that admits the request answers. Proxies let a request pass on 2xx and refuse
 * it on 401 and 403; nginx takes any other status for a fault of this server. So a refusal always has one of these two statuses, or 5xx if it is
 * unknown whether the token is valid.
 */
final class ProxyChecks {

    private static final String CACHE_CONTROL = "Cache-Control";
    private static final ImmutableSet<Reason> FAULTS = ImmutableSet.of(Reason.FAULT, Reason.UNAVAILABLE);
    private static final ImmutableSet<Reason> OF_OUR_TOKENS =
            ImmutableSet.of(Reason.EXPIRED_TOKEN, Reason.PREMATURE_TOKEN, Reason.REVOKED_TOKEN, Reason.FOREIGN_TOKEN);

    private ProxyChecks() {}

    /** An API with a check at the path. */
    record Candidate(LoginApi api, EndpointHandler handler) {

        Result ask(Request request) {
            Exchange exchange = new Exchange(request);
            api.proxyCheck()
                    .filter(check -> check.path().equals(request.head().path()))
                    .flatMap(check -> check.originalQuery(request.head().headers()))
                    .ifPresent(exchange::setQuery);
            List<UserId> user = new ArrayList<>();
            List<Reason> refused = new ArrayList<>();
            Answer answer = api.answer(exchange, given -> {
                try {
                    TokenGuard.Passed passed = handler.admit(given);
                    user.add(passed.by().user().id());
                    return handler.admitted(given, passed);
                } catch (RefusedRequest refusal) {
                    refused.add(refusal.reason());
                    throw refusal;
                }
            });
            // Anything thrown but a refusal is a fault, and so is an answer that cannot be written.
            boolean admitted = refused.isEmpty() && !user.isEmpty() && answer.status() / 100 == 2;
            return admitted
                    ? new Result(answer, user.get(0), null)
                    : new Result(answer, null, refused.isEmpty() ? Reason.FAULT : refused.get(0));
        }

        Answer refuse(Request request, Reason reason) {
            return refused(api.refuse(request.head(), reason), reason);
        }
    }

    /** An API's answer: either its user or its reason is null. */
    private record Result(
            Answer answer, @Nullable UserId user, @Nullable Reason reason) {

        boolean isFault() {
            return reason != null && FAULTS.contains(reason);
        }

        /** The best reason to answer with: a token that is the API's own, then any token, then none. */
        int distance() {
            if (isFault()) {
                return 0;
            }
            return reason != null && OF_OUR_TOKENS.contains(reason) ? 1 : reason == Reason.MISSING_TOKEN ? 3 : 2;
        }
    }

    /** Answers a request to a path where at least one API has a check. */
    static Answer answer(List<Candidate> candidates, Request request) {
        List<Result> results =
                candidates.stream().map(candidate -> candidate.ask(request)).toList();
        List<Result> admitted =
                results.stream().filter(result -> result.user() != null).toList();
        Optional<Result> conflict = results.stream()
                .filter(result -> result.reason() == Reason.CONFLICTING_TOKENS)
                .findFirst();
        if (conflict.isPresent()) {
            return refused(conflict.get().answer(), Reason.CONFLICTING_TOKENS);
        }
        if (admitted.stream().map(Result::user).distinct().count() > 1) {
            // Whom the application sees must not depend on the order of the APIs.
            return candidates.get(0).refuse(request, Reason.CONFLICTING_TOKENS);
        }
        if (!admitted.isEmpty()) {
            Answer answer = admitted.get(0).answer();
            return unstored(answer.status(), answer);
        }
        Result nearest =
                results.stream().min(Comparator.comparingInt(Result::distance)).orElseThrow();
        return refused(nearest.answer(), Optional.ofNullable(nearest.reason()).orElse(Reason.FAULT));
    }

    private static Answer refused(Answer answer, Reason reason) {
        if (FAULTS.contains(reason)) {
            int fault = reason == Reason.UNAVAILABLE ? 503 : 500;
            return unstored(answer.status() >= 500 ? answer.status() : fault, answer);
        }
        return unstored(answer.status() == 403 ? 403 : 401, answer);
    }

    private static Answer unstored(int status, Answer answer) {
        List<Map.Entry<String, String>> lines = new ArrayList<>();
        answer.headers().forEach((name, value) -> {
            if (!name.equalsIgnoreCase(CACHE_CONTROL)) {
                lines.add(Map.entry(name, value));
            }
        });
        lines.add(Map.entry(CACHE_CONTROL, "no-store"));
        return Answer.of(status, Headers.of(lines), answer.body());
    }
}
