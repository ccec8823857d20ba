package dev.countersign.server;

import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.Endpoint;
import dev.countersign.dialect.Operation;
import dev.countersign.session.RefreshRules;
import dev.countersign.token.TokenProfile;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long a change of a dialect's keys takes until everybody knows it. */
final class KeyTimes {

    /** The time between two looks at the stored keys. */
    static final Duration RELOAD = Duration.ofSeconds(1);

    /** What readers of the public keys keep them for, if the dialect's answer does not say: the usual default of their libraries. */
    private static final Duration USUAL_AGE = Duration.ofMinutes(5);

    private static final Pattern MAX_AGE = Pattern.compile("\\bmax-age=(\\d{1,9})\\b");

    private KeyTimes() {}

    /** How long before its first signature a new key must be published, so that every node and every reader of the public keys has it by then. */
    static Duration announcement(Dialect dialect) {
        return dialect.endpoints().stream()
                .filter(endpoint -> endpoint.operation() == Operation.KEYS)
                .map(KeyTimes::maxAge)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO)
                .plus(RELOAD.multipliedBy(2))
                .plus(TokenProfile.LEEWAY);
    }

    private static Duration maxAge(Endpoint keys) {
        return keys.answer().headers().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("Cache-Control"))
                .flatMap(header -> header.getValue().pattern().asString().stream())
                .map(MAX_AGE::matcher)
                .filter(Matcher::find)
                .map(found -> Duration.ofSeconds(Long.parseLong(found.group(1))))
                .findFirst()
                .orElse(USUAL_AGE);
    }

    /** How long after it was signed a token can still be accepted, a signed refresh token included. */
    static Duration tokenLife(Dialect dialect) {
        Duration access = dialect.token().lifetime().plus(dialect.token().skew());
        Duration refresh = dialect.refresh()
                .filter(rules -> rules.profile().isPresent())
                .map(RefreshRules::absolute)
                .orElse(Duration.ZERO);
        return (access.compareTo(refresh) > 0 ? access : refresh).plus(TokenProfile.LEEWAY);
    }
}
