package dev.countersign.dialect.file;

import com.google.common.collect.ImmutableSet;
import dev.countersign.dialect.file.TokenReader.Form;
import dev.countersign.internal.yaml.Problems;
import dev.countersign.internal.yaml.Section;
import dev.countersign.session.RefreshRules;
import dev.countersign.token.TokenProfile;
import java.time.Duration;
import java.util.Optional;

/** Reads the form and the rules of a dialect's refresh tokens. */
final class RefreshReader {

    private static final Duration IDLE = Duration.ofDays(30);
    private static final Duration ABSOLUTE = Duration.ofDays(90);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final ImmutableSet<String> OF_SIGNED =
            ImmutableSet.of("header", "claims", "subject", "issue_time", "match_header", "match_claims");

    private final Section section;
    private final Problems problems;
    private final TokenReader tokens;

    RefreshReader(Section section, Templates templates) {
        this.section = section;
        this.problems = section.problems();
        this.tokens = new TokenReader(section, templates);
    }

    /** The rules; empty if they have problems. */
    Optional<RefreshRules> read(Optional<TokenProfile> access) {
        Duration idle = tokens.lifetime("idle").orElse(IDLE);
        Duration absolute = section.duration("absolute").orElse(idle.compareTo(ABSOLUTE) > 0 ? idle : ABSOLUTE);
        if (absolute.compareTo(idle) < 0) {
            problems.add(
                    section.at("absolute"),
                    "a session ends " + absolute.toSeconds() + "s after its login, before its refresh token does",
                    "at least as long as idle, " + idle.toSeconds() + "s");
        }
        Duration grace = section.duration("grace").orElse(GRACE);
        if (grace.compareTo(RefreshRules.LONGEST_GRACE) > 0) {
            problems.add(section.at("grace"), "grace is " + grace.toSeconds() + "s", "at most 60s");
        }
        RefreshRules.Rotation rotation =
                section.word("rotation", RefreshRules.Rotation.class, RefreshRules.Rotation.SINGLE_USE);
        if (rotation == RefreshRules.Rotation.KEPT && section.has("grace")) {
            problems.add(section.at("grace"), "a token that is kept needs no grace", "leave it out");
        }
        Optional<TokenProfile> profile = profile(idle);
        profile.ifPresent(refresh -> access.ifPresent(token -> checkApart(token, refresh)));
        return problems.isEmpty()
                ? Optional.of(new RefreshRules(profile, rotation, idle, absolute, grace))
                : Optional.empty();
    }

    private Optional<TokenProfile> profile(Duration idle) {
        if (section.word("form", Form.class, Form.RANDOM) == Form.SIGNED) {
            return tokens.signed(Optional.of(idle));
        }
        section.written().stream()
                .filter(OF_SIGNED::contains)
                .forEach(key -> problems.add(
                        section.at(key), "a random refresh token has no " + key, "leave it out, or form: signed"));
        return Optional.empty();
    }

    /** One key signs tokens of both kinds, so that only their constants tell them apart (RFC 8725 §3.11). */
    private void checkApart(TokenProfile access, TokenProfile refresh) {
        if (!access.algorithm().equals(refresh.algorithm())) {
            problems.add(
                    section.at("header").child("alg"),
                    "refresh tokens are signed with " + refresh.algorithm() + ", access tokens with "
                            + access.algorithm(),
                    access.algorithm() + ": one key signs both");
        } else if (refresh.reads(access)) {
            problems.add(
                    section.at("match_claims"),
                    "an access token would be accepted as a refresh token",
                    "the pointer of a constant claim that access tokens do not have, such as /type with type: refresh");
        }
    }
}
