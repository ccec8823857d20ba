package dev.countersign.dialect.file;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.Endpoint;
import dev.countersign.dialect.ErrorCatalogue;
import dev.countersign.dialect.ErrorVariant;
import dev.countersign.dialect.FieldErrors;
import dev.countersign.dialect.PasswordLimits;
import dev.countersign.dialect.TokenTransport;
import dev.countersign.file.InvalidFileException;
import dev.countersign.internal.yaml.Problems;
import dev.countersign.internal.yaml.Section;
import dev.countersign.json.Json;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonPointer;
import dev.countersign.session.RefreshRules;
import dev.countersign.template.Template;
import dev.countersign.token.TokenProfile;
import java.util.Map;
import java.util.Optional;

/** Reads dialect files: the result is a {@link Dialect}, or all problems of the text. */
public final class DialectReader {

    private final Problems problems;
    private final Section file;
    private final Templates templates;

    /** Creates a reader of a file whose settings are filled in. */
    DialectReader(Json root, Problems problems) {
        this.problems = problems;
        this.file = Section.of(root, JsonPointer.ROOT, DialectKey.FILE, problems);
        this.templates = new Templates(ValueKinds.of(root), problems);
    }

    /**
     * Reads a dialect file.
     *
     * @param file the file's name, for problems
     * @param text the file's text
     * @param settings values for settings the file declares
     * @return the dialect
     * @throws InvalidFileException if anything is invalid, with every problem; an undeclared setting is a problem, too
     */
    public static Dialect read(String file, String text, Map<String, String> settings) throws InvalidFileException {
        requireNonNull(file, "file");
        requireNonNull(text, "text");
        requireNonNull(settings, "settings");

        return DialectSource.parse(file, text).read(settings).dialect();
    }

    /** Reads the dialect; empty if the token is invalid. */
    Optional<Dialect> read() {
        String name = name();
        file.required("title", "a one-line description of the API");
        file.text("documentation");
        file.section(
                "settings",
                file.json("settings")
                        .filter(JsonObject.class::isInstance)
                        .map(json -> ((JsonObject) json).members().keySet())
                        .orElse(ImmutableSet.of()));
        Section shared = file.section("answers", DialectKey.ANSWERS);
        AnswerReader answers = new AnswerReader(shared, templates);
        ImmutableMap<String, Template> authenticated = templates
                .firstHeaders(shared, "authenticated_headers", SlotScope.PRESENTED_TOKEN)
                .sent();
        Optional<TokenProfile> token = token();
        Optional<RefreshRules> refresh = refresh(token);
        boolean firstWins = TransportReader.firstWins(file);
        TokenTransport transport = TransportReader.read(TransportReader.ACCESS, file, firstWins);
        TokenTransport refreshTransport = TransportReader.read(TransportReader.REFRESH, file, firstWins);
        FieldReader fields = new FieldReader(file.section("field_errors", DialectKey.FIELD_ERRORS), templates);
        FieldErrors fieldErrors = fields.errors();
        ImmutableList<Endpoint> endpoints = new OperationsReader(
                        file, new OperationReader.Shared(fields, answers, templates, transport, refreshTransport))
                .read();
        file.required("errors", "the answers by reason");
        ErrorCatalogue errors = new ErrorReader(file.section("errors", DialectKey.ERRORS), answers, templates).read();
        ImmutableList<ErrorVariant> variants = file.list("error_variants", (json, at) -> variant(json, at, answers));
        // Read these before the return: without a token they would not be read, and their problems not reported.
        boolean byDefault = file.flag("mounted_by_default", true);
        PasswordLimits passwords = passwords(file.section("passwords", DialectKey.PASSWORDS));
        String title = file.text("title").orElse("");
        // An answer with problems may contain the token.
        if (problems.isEmpty()) {
            OperationsReader.checkAnswers(endpoints, refresh, problems);
        }
        return token.map(profile -> new Dialect(
                name,
                title,
                byDefault,
                profile,
                refresh,
                transport,
                endpoints,
                authenticated,
                passwords,
                fieldErrors,
                errors,
                variants));
    }

    private String name() {
        file.required("dialect", "the dialect's name, such as dialect: acme");
        String name = file.text("dialect").orElse("");
        if (file.has("dialect") && !name.matches("[a-z][a-z0-9-]{0,40}")) {
            problems.add(
                    file.at("dialect"),
                    "the name is " + name,
                    "lower-case letters, digits and hyphens, such as acme-v2");
        }
        return name;
    }

    private Optional<TokenProfile> token() {
        file.required("token", "the form of the tokens");
        try {
            return new TokenReader(file.section("token", DialectKey.TOKEN), templates).read();
        } catch (IllegalArgumentException unusable) {
            problems.add(
                    file.at("token"), "tokens of this form are never valid", String.valueOf(unusable.getMessage()));
            return Optional.empty();
        }
    }

    private Optional<RefreshRules> refresh(Optional<TokenProfile> token) {
        if (!file.has("refresh_token")) {
            return Optional.empty();
        }
        Section section = file.section("refresh_token", DialectKey.REFRESH_TOKEN);
        try {
            return new RefreshReader(section, templates).read(token);
        } catch (IllegalArgumentException unusable) {
            problems.add(
                    section.at(), "refresh tokens of this form are never valid", String.valueOf(unusable.getMessage()));
            return Optional.empty();
        }
    }

    private Optional<ErrorVariant> variant(Json json, JsonPointer at, AnswerReader answers) {
        Section variant = Section.of(json, at, DialectKey.VARIANT, problems);
        variant.required("header", "the request header that selects this shape");
        variant.required("value", "the value that selects this shape");
        variant.required("errors", "the answers by reason");
        Optional<String> header = variant.text("header");
        header.ifPresent(name -> HeaderRules.checkRequestName(name, variant.at("header"), problems));
        Optional<String> value = variant.text("value");
        value.ifPresent(text -> HeaderRules.checkValue(text, variant.at("value"), problems));
        ErrorCatalogue errors =
                new ErrorReader(variant.section("errors", DialectKey.ERRORS), answers, templates).read();
        return Optional.of(new ErrorVariant(header.orElse(""), value.orElse(""), errors));
    }

    private static PasswordLimits passwords(Section passwords) {
        return new PasswordLimits(
                passwords.integer("minimum", 1, 64).orElse(15),
                passwords.integer("maximum", 64, 4096).orElse(64),
                passwords.flag("refuse_common", true));
    }
}
