package dev.countersign.javalin.dialect;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.Endpoint;
import dev.countersign.dialect.ErrorCatalogue;
import dev.countersign.dialect.ErrorVariant;
import dev.countersign.dialect.FieldErrors;
import dev.countersign.dialect.Operation;
import dev.countersign.dialect.PasswordLimits;
import dev.countersign.dialect.TokenTransport;
import dev.countersign.javalin.yaml.InvalidFileException;
import dev.countersign.javalin.yaml.Problems;
import dev.countersign.javalin.yaml.Section;
import dev.countersign.javalin.yaml.YamlDocument;
import dev.countersign.json.Json;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonPointer;
import dev.countersign.template.Template;
import dev.countersign.token.TokenProfile;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads dialect files: a text becomes a {@link Dialect}, or all of its problems. Thread-safe. */
public final class DialectReader {

    private DialectReader() {}

    /**
     * Reads a dialect file.
     *
     * @param file the file's name, for problems
     * @param text the file's text
     * @param settings values for settings the file declares; others are ignored
     * @return the dialect
     * @throws InvalidFileException if anything is wrong, with every problem
     */
    public static Dialect read(String file, String text, Map<String, String> settings) throws InvalidFileException {
        YamlDocument document = YamlDocument.read(file, text);
        Problems problems = document.problems();
        Json root = withSettings(document.root(), settings, problems);
        Optional<Dialect> dialect = read(Section.of(root, JsonPointer.ROOT, DialectKey.FILE.keys(), problems));
        problems.throwIfAny();
        return dialect.orElseThrow();
    }

    private static Json withSettings(Json root, Map<String, String> given, Problems problems) {
        Map<String, String> settings = new LinkedHashMap<>();
        JsonPointer.parse("/settings").in(root).ifPresent(json -> {
            if (json instanceof JsonObject declared) {
                declared.members()
                        .forEach((name, value) -> settings.put(name, given.getOrDefault(name, value.toString())));
            }
        });
        return new SettingsFilling(settings, problems).fill(root, JsonPointer.ROOT);
    }

    private static Optional<Dialect> read(Section file) {
        Problems problems = file.problems();
        file.required("dialect", "the dialect's name, such as dialect: acme");
        String name = file.text("dialect").orElse("");
        if (!name.matches("[a-z][a-z0-9-]{0,40}")) {
            problems.add(
                    file.at("dialect"),
                    "the name is " + name,
                    "lower-case letters, digits and hyphens, such as acme-v2");
        }
        file.required("title", "what this API is, in a line");
        file.section(
                "settings",
                file.json("settings")
                        .filter(JsonObject.class::isInstance)
                        .map(json -> ((JsonObject) json).members().keySet())
                        .orElse(ImmutableSet.of()));
        Section answersSection = file.section("answers", DialectKey.ANSWERS.keys());
        AnswerReader answers = new AnswerReader(answersSection);
        ImmutableMap<String, Template> authenticated =
                Templates.headers(answersSection, "authenticated_headers", SlotScope.PRESENTED_TOKEN);
        file.required("token", "the form of the tokens");
        Optional<TokenProfile> token = new TokenReader(file.section("token", DialectKey.TOKEN.keys())).read();
        TokenTransport transport = TransportReader.read(file, TransportReader.firstWins(file));
        FieldReader fields = new FieldReader(file.section("field_errors", DialectKey.FIELD_ERRORS.keys()));
        FieldErrors fieldErrors = fields.errors();
        ImmutableList<Endpoint> endpoints = endpoints(file, fields, answers, transport);
        file.required("errors", "the answers by reason");
        ErrorCatalogue errors = new ErrorReader(file.section("errors", DialectKey.ERRORS.keys()), answers).read();
        ImmutableList<ErrorVariant> variants = file.list(
                "error_variants",
                (json, at) -> variant(Section.of(json, at, DialectKey.VARIANT.keys(), problems), answers));
        // Here, because without a token nothing below is read, and its problems would not be told.
        boolean byDefault = file.flag("mounted_by_default", true);
        PasswordLimits passwords = passwords(file.section("passwords", DialectKey.PASSWORDS.keys()));
        return token.map(profile -> new Dialect(
                name,
                file.text("title").orElse(""),
                byDefault,
                profile,
                transport,
                endpoints,
                authenticated,
                passwords,
                fieldErrors,
                errors,
                variants));
    }

    private static ImmutableList<Endpoint> endpoints(
            Section file, FieldReader fields, AnswerReader answers, TokenTransport transport) {
        file.required("operations", "at least " + Operation.LOGIN.word());
        Section operations = file.section("operations", DialectKey.OPERATIONS.keys());
        if (!operations.has(Operation.LOGIN.word())) {
            file.problems().add(operations.at(), "there is no " + Operation.LOGIN.word(), "every dialect has one");
        }
        ImmutableList.Builder<Endpoint> endpoints = ImmutableList.builder();
        Map<String, String> taken = new LinkedHashMap<>();
        for (Operation operation : Operation.values()) {
            if (operations.has(operation.word())) {
                Section section = operations.section(operation.word(), DialectKey.OPERATION.keys());
                Endpoint endpoint = new OperationReader(operation, section, fields, answers, transport).read();
                endpoint.routes().forEach(route -> {
                    String other = taken.putIfAbsent(route.toString(), operation.word());
                    if (other != null) {
                        file.problems()
                                .add(
                                        section.at("routes"),
                                        route + " is also a route of " + other,
                                        "one operation per route");
                    }
                });
                endpoints.add(endpoint);
            }
        }
        return endpoints.build();
    }

    private static Optional<ErrorVariant> variant(Section variant, AnswerReader answers) {
        variant.required("header", "the request header that asks for this shape");
        variant.required("value", "the value it has then");
        variant.required("errors", "the answers by reason");
        return Optional.of(new ErrorVariant(
                variant.text("header").orElse(""),
                variant.text("value").orElse(""),
                new ErrorReader(variant.section("errors", DialectKey.ERRORS.keys()), answers).read()));
    }

    private static PasswordLimits passwords(Section passwords) {
        return new PasswordLimits(
                passwords.integer("minimum", 1, 64).orElse(15),
                passwords.integer("maximum", 64, 4096).orElse(64),
                passwords.flag("refuse_common", true));
    }
}
