package dev.countersign.dialect.file;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import dev.countersign.dialect.FieldFlaw;
import dev.countersign.dialect.Operation;
import dev.countersign.dialect.Reason;
import dev.countersign.internal.yaml.KnownKeys;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The mappings of a dialect file, each with its keys. Other keys are refused. {@code docs/dialects.md} has a heading for each mapping. */
public enum DialectKey implements KnownKeys {
    /** The whole file. */
    FILE(
            "",
            "dialect",
            "title",
            "documentation",
            "mounted_by_default",
            "settings",
            "answers",
            "token",
            "token_in",
            "conflicting_tokens",
            "refresh_token",
            "refresh_token_in",
            "operations",
            "passwords",
            "field_errors",
            "errors",
            "error_variants"),
    /** The shared parts of all answers. */
    ANSWERS("answers", "content_type", "headers", "authenticated_headers"),
    /** The form of the tokens. */
    TOKEN(
            "token",
            "form",
            "header",
            "claims",
            "subject",
            "lifetime",
            "issue_time",
            "match_header",
            "match_claims",
            "skew",
            "revocation"),
    /** The form and the rules of the refresh tokens. */
    REFRESH_TOKEN(
            "refresh_token",
            "form",
            "header",
            "claims",
            "subject",
            "issue_time",
            "match_header",
            "match_claims",
            "rotation",
            "idle",
            "absolute",
            "grace"),
    /** A place of a token in a request. */
    TOKEN_PLACE(
            "token_in[]", "header", "scheme", "scheme_case", "scheme_optional", "parameter", "query", "cookie", "body"),
    /** The operations. */
    OPERATIONS("operations", Arrays.stream(Operation.values()).map(Operation::word)),
    /** One operation. */
    OPERATION(
            "operations.OPERATION",
            "kind",
            "routes",
            "media_types",
            "assumed_media_type",
            "empty_body",
            "required_headers",
            "constants",
            "fields",
            "report",
            "invalid_fields_as",
            "token_in",
            "refresh_token_in",
            "password_change",
            "open",
            "for_proxies",
            "presented_token",
            "ends",
            "by",
            "each",
            "answer"),
    /** One input field. */
    FIELD(
            "operations.OPERATION.fields.FIELD",
            "at",
            "name",
            "kind",
            "type",
            "optional",
            "nullable",
            "blank",
            "messages"),
    /** The answer of a successful request. */
    ANSWER("operations.OPERATION.answer", "status", "content_type", "headers", "cookies", "body", "text"),
    /** A cookie to set. */
    COOKIE(
            "operations.OPERATION.answer.cookies[]",
            "name",
            "value",
            "path",
            "domain",
            "max_age",
            "secure",
            "http_only",
            "same_site"),
    /** The rules for new passwords. */
    PASSWORDS("passwords", "minimum", "maximum", "refuse_common"),
    /** How flawed fields are reported. */
    FIELD_ERRORS("field_errors", "shape", "each", "messages", "codes"),
    /** The flaws. */
    FLAWS("field_errors.messages", Arrays.stream(FieldFlaw.values()).map(FieldFlaw::word)),
    /** The errors. */
    ERRORS(
            "errors",
            Stream.concat(Stream.of("defaults"), Arrays.stream(Reason.values()).map(Reason::word))),
    /** One error. */
    ERROR("errors.REASON", "status", "content_type", "headers", "message", "body", "text"),
    /** An alternative error catalogue. */
    VARIANT("error_variants[]", "header", "value", "errors");

    private final String place;
    private final ImmutableList<String> keys;

    DialectKey(String place, String... keys) {
        this(place, Arrays.stream(keys));
    }

    DialectKey(String place, Stream<String> keys) {
        this.place = place;
        this.keys = keys.collect(ImmutableList.toImmutableList());
    }

    /** {@return the place of the mapping, with a word in capitals for a name that the file chooses; empty for the file itself} */
    public String place() {
        return place;
    }

    @Override
    public List<String> keys() {
        return keys;
    }

    /** Advises where the key belongs, or lists all keys. */
    @Override
    public String otherAdvice(String key) {
        requireNonNull(key, "key");

        return this == OPERATIONS
                ? "not an operation of this release; there are " + String.join(", ", keys)
                        + ", or a name of your own with one of them as its kind"
                : elsewhere(key);
    }

    private String elsewhere(String key) {
        String places = Arrays.stream(values())
                .filter(other -> other != this && other.keys.contains(key))
                .map(other -> other == FILE ? "the file itself" : other.place)
                .distinct()
                .collect(Collectors.joining(", "));
        return places.isEmpty()
                ? "there are " + String.join(", ", keys)
                : "it is a key of " + places + "; here there are " + String.join(", ", keys);
    }
}
