package dev.countersign.fuzz;

import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.json.Json;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonObject;
import dev.countersign.json.text.JsonSyntaxException;
import dev.countersign.json.text.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where the fuzzer begins: files and requests of other systems, as the other tests have them. */
final class Seeds {

    private static final Path DATA = Path.of("../auth-testkit/src/main/resources/dev/countersign/testkit/contract");
    private static final Path CRYPTO = Path.of("../auth-testkit/src/test/resources/dev/countersign/testkit/crypto");
    private static final Path USERS = Path.of("src/test/resources/dev/countersign/server/transfer");

    private Seeds() {}

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    /** The shipped dialects. */
    static Stream<String> dialects() {
        return ShippedDialects.names().stream().map(ShippedDialects::text);
    }

    /** The recorded requests: the dialect's name, the request line, headers, an empty line, the body. */
    static Stream<String> requests() {
        return ShippedDialects.names().stream().flatMap(name -> steps(name).map(step -> request(name, step)));
    }

    private static Stream<JsonObject> steps(String dialect) {
        JsonObject scenarios = (JsonObject) json(DATA.resolve("exchanges/" + dialect + ".json"))
                .get("scenarios")
                .orElseThrow();
        return scenarios.members().values().stream()
                .flatMap(steps -> ((JsonArray) steps).items().stream())
                .map(JsonObject.class::cast)
                .filter(step -> step.get("ask").isPresent());
    }

    private static String request(String dialect, JsonObject step) {
        StringBuilder text = new StringBuilder(dialect)
                .append('\n')
                .append(step.get("ask").flatMap(Json::asString).orElseThrow())
                .append('\n');
        if (step.get("json").isPresent()) {
            text.append("Content-Type: application/json\n");
        }
        ((JsonObject) step.get("headers").orElse(JsonObject.EMPTY))
                .members()
                .forEach((name, value) ->
                        text.append(name).append(": ").append(value).append('\n'));
        return text.append('\n')
                .append(step.get("json")
                        .map(JsonText::write)
                        .or(() -> step.get("text").flatMap(Json::asString))
                        .orElse(""))
                .toString();
    }

    /** Headers and payloads of the attacks on codecs, one above the other. */
    static Stream<String> claims() {
        JsonObject groups = (JsonObject)
                json(DATA.resolve("token-attacks.json")).get("attacks").orElseThrow();
        return groups.members().values().stream()
                .flatMap(attacks -> ((JsonArray) attacks).items().stream())
                .map(JsonObject.class::cast)
                .map(attack -> attack.get("header").flatMap(Json::asString).orElse("{\"alg\":\"HS256\"}")
                        + "\n"
                        + attack.get("payload").flatMap(Json::asString).orElse("{}"))
                .distinct();
    }

    /** Published tokens, a few of each algorithm. */
    static Stream<String> tokens() {
        return ((JsonArray) json(DATA.resolve("vectors/wycheproof.json"))
                        .get("testGroups")
                        .orElseThrow())
                .items().stream()
                        .flatMap(group -> ((JsonArray)
                                        ((JsonObject) group).get("tests").orElseThrow())
                                .items().stream().limit(3))
                        .map(test -> ((JsonObject) test).get("jws").orElseThrow())
                        .map(token -> token.asString().orElseGet(() -> JsonText.write(token)));
    }

    /** Keys in PEM, and as JWKs. */
    static Stream<String> keys() {
        Stream<String> published = ((JsonArray) json(DATA.resolve("vectors/wycheproof.json"))
                        .get("testGroups")
                        .orElseThrow())
                .items().stream()
                        .map(group -> ((JsonObject) group)
                                .get("private")
                                .or(() -> ((JsonObject) group).get("public"))
                                .orElseThrow())
                        .map(JsonText::write);
        return Stream.concat(files(CRYPTO.resolve("pem"), ".pem"), published);
    }

    /** Hashes that other systems have stored. */
    static Stream<String> hashes() {
        return lines(CRYPTO.resolve("foreign-hashes.tsv"))
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\t", -1))
                .filter(cells -> cells.length > 2)
                .map(cells -> cells[2]);
    }

    /** Exports of users of other systems. */
    static Stream<String> users(String extension) {
        return files(USERS, extension);
    }

    private static Stream<String> files(Path folder, String extension) {
        try (Stream<Path> files = Files.list(folder)) {
            return files
                    .filter(file -> file.toString().endsWith(extension))
                    .sorted()
                    .map(Seeds::read)
                    .toList()
                    .stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Stream<String> lines(Path file) {
        return List.of(read(file).split("\n")).stream();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static JsonObject json(Path file) {
        try {
            return (JsonObject) JsonText.read(read(file));
        } catch (JsonSyntaxException broken) {
            throw new IllegalStateException(file + ": " + broken.getMessage(), broken);
        }
    }
}
