package dev.countersign.dialect.file;

import static dev.countersign.dialect.file.SampleFile.problems;
import static dev.countersign.dialect.file.SampleFile.small;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.file.InvalidFileException;
import dev.countersign.file.Problem;
import dev.countersign.internal.yaml.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hints can be followed: what they suggest is right where the mistake was. */
@Tag("slow")
class HintsTest {

    private static final String ME = "body: {id: \"${user.uuid}\"}";
    private static final Pattern QUESTION = Pattern.compile("did you mean (.+)\\?( it is there already.*)?");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z_./-]{2,}");

    static List<String> files() {
        return FileMutations.originals();
    }

    /** Misspells every name of every file and takes each suggestion. */
    @ParameterizedTest
    @MethodSource("files")
    void a_suggested_name_is_right_where_the_misspelt_one_was(String file) {
        Random random = new Random(20261102);
        int followed = 0;
        int start = 0;
        for (String line : file.lines().toList()) {
            Matcher name = NAME.matcher(line);
            while (!line.strip().startsWith("#") && name.find()) {
                String slip = misspelt(name.group(), random);
                String wrong = file.substring(0, start + name.start()) + slip + file.substring(start + name.end());
                for (Problem problem : read(wrong)) {
                    followed += follow(wrong, start + name.start(), slip, problem) ? 1 : 0;
                }
            }
            start += line.length() + 1;
        }
        assertThat(followed).isGreaterThan(25);
    }

    private static boolean follow(String wrong, int at, String slip, Problem problem) {
        Matcher question = QUESTION.matcher(problem.right());
        String found = problem.found().replaceAll("^.* |[${}]", "");
        if (!question.matches() || !found.endsWith(slip)) {
            return false;
        }
        int from = at - (found.length() - slip.length());
        assertThat(wrong.substring(from, at + slip.length()))
                .as(problem.toString())
                .isEqualTo(found);
        String right = wrong.substring(0, from) + question.group(1) + wrong.substring(at + slip.length());
        if (question.group(2) == null) {
            assertThat(read(right))
                    .as("%s%nfollowed in%n%s", problem, right)
                    .noneMatch(left -> left.line() == problem.line());
        }
        return true;
    }

    private static String misspelt(String name, Random random) {
        int at = 1 + random.nextInt(name.length() - 1);
        return switch (random.nextInt(4)) {
            case 0 -> name.substring(0, at) + name.substring(at + 1);
            case 1 -> name.substring(0, at) + "q" + name.substring(at);
            case 2 -> name.substring(0, at) + "q" + name.substring(at + 1);
            default -> name.substring(0, at - 1) + name.charAt(at) + name.charAt(at - 1) + name.substring(at + 1);
        };
    }

    private static List<Problem> read(String text) {
        try {
            DialectReader.read("hints.yaml", text, Map.of());
            return List.of();
        } catch (InvalidFileException invalid) {
            return invalid.problems();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '`',
            value = {
                "${token.id} → token.id can be used in token.claims, in answers of login, register, refresh and renew only",
                "${error.reason} → error.reason can be used in errors only",
                "${field.name} → field.name can be used in errors, in field_errors.each, in the messages of flaws only",
                "${keys} → keys can be used in the answer of keys only",
                "${key.id} → key.id can be used in token.header only",
                "${user.emial} → did you mean user.email?",
                "${email} → did you mean user.email?",
                "${user.nick} → did you mean user.attributes.nick?",
                "${user.creatd_at} → did you mean user.created_at | iso?",
                "${user.creatd_at | epoch-seconds} → did you mean user.created_at?",
                "${user.emial | iso} → did you mean user.attributes.emial?",
                "${token.end} → there are token, token.issued_at",
                "${request.headers.Host} → did you mean request.header.Host?",
                "${user['boat name']} → did you mean user.attributes['boat name']?",
                "${request.headers['a b']} → did you mean request.header['a b']?",
                "${setting.realm | string} → write ${setting.NAME} with a name",
                "${user.password} → a user's password and its hash cannot be shown"
            })
    void a_slot_that_has_no_value_here_is_reported_with_one_that_has(String slot, String right) {
        // YAML's quotes are the single ones here, JSON's the double ones.
        assertThat(problems(small(ME, "body: '" + slot.replace("'", "\"") + "'")))
                .singleElement()
                .asString()
                .startsWith("/operations/me/answer/body: ${")
                .contains("; " + (right.startsWith("did") ? right.replace("'", "\"") : right));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '`',
            value = {
                "cors → there are dialect, title, documentation",
                "lifetime → it is a key of token; here there are",
                "login → it is a key of operations; here there are",
                "report → it is a key of operations.OPERATION; here there are",
                "status → it is a key of operations.OPERATION.answer, errors.REASON; here there are",
                "errors_variants → did you mean error_variants?",
                "titel → did you mean title? it exists already, so leave this one out"
            })
    void an_unknown_key_is_reported_with_where_it_belongs(String key, String right) {
        assertThat(problems(small("dialect: small", "dialect: small\n" + key + ": {}")))
                .anyMatch(found -> found.startsWith("/" + key + ": unknown key " + key + "; " + right));
    }

    @ParameterizedTest
    @ValueSource(strings = {"forgot_password", "change_password", "token", "cors"})
    void an_operation_that_is_none_is_reported_with_those_there_are(String name) {
        assertThat(problems(small("  me:", "  " + name + ": {}\n  me:")))
                .containsExactly("/operations/" + name + ": unknown key " + name
                        + "; not an operation of this release; there are"
                        + " login, me, register, update, verify, keys, refresh, renew, logout, sessions, end_session,"
                        + " password, or a name of your own with one of them as its kind");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '`',
            value = {
                "username → login takes no username; there are identifier, password",
                "attributes.name → login takes no attributes.name; there are identifier, password",
                "current_password → login takes no current_password; there are identifier, password",
                "remember → unknown field remember; there are identifier, password",
                "pasword → unknown field pasword; did you mean password? it exists already, so leave this one out"
            })
    void a_field_that_login_does_not_take_is_reported_with_those_it_takes(String field, String problem) {
        String file = small("password: {at: /password}", "password: {at: /password}\n      " + field + ": {at: /x}");
        assertThat(problems(file)).containsExactly("/operations/login/fields/" + field + ": " + problem);
    }

    @Test
    void free_attributes_are_offered_where_they_are_taken() {
        String update =
                "  update:\n    routes: [PUT /me]\n    media_types: [application/json]\n    fields:\n      %s: {at: /x}\n"
                        + "    answer: {body: \"${user.attributes.boat}\"}\nfield_errors:";
        assertThat(problems(small("field_errors:", update.formatted("boat"))))
                .containsExactly(
                        "/operations/update/fields/boat: unknown field boat; there are email, username, password,"
                                + " current_password, and attributes.NAME for a free attribute");
        assertThat(problems(small("field_errors:", update.formatted("attributes.boat"))))
                .isEmpty();
        assertThat(problems(small("field_errors:", update.formatted("attributes.a..b"))))
                .containsExactly(
                        "/operations/update/fields/attributes.a..b: attributes.a..b is not an attribute; names with single dots"
                                + " between them, such as attributes.address.city");
        assertThat(problems(small("    routes: [GET /me]", "    routes: [GET /me]\n    fields: {email: {at: /x}}")))
                .containsExactly("/operations/me/fields/email: me takes no email; me has no fields: leave them out");
    }

    @Test
    void one_mistake_behind_an_anchor_is_reported_once() {
        String anchored = small(
                "body: {token: \"${token}\"}",
                "body: &shared {token: \"${token}\", a: \"${tokn}\", b: \"${user.name | nope}\", c: [\"${\"]}",
                ME,
                "body: *shared",
                "missing_token: {}",
                "missing_token: &error {stauts: 401, body: {a: \"${token}\"}, headers: {\"a b\": c}}",
                "bad_request: {}",
                "bad_request: *error",
                "fault: {}",
                "fault: *error");
        assertThat(problems(anchored))
                .extracting(found -> found.substring(0, found.indexOf(": ")))
                .containsExactlyInAnyOrder(
                        "/operations/login/answer/body/a",
                        "/operations/login/answer/body/b",
                        "/operations/login/answer/body/c/0",
                        "/errors/missing_token/stauts",
                        "/errors/missing_token/body/a",
                        "/errors/missing_token/headers/a b");
    }

    @Test
    void a_name_that_is_another_word_is_not_suggested() {
        List<String> operations = List.of("login", "me", "register", "update", "verify", "keys");
        for (String word : List.of("logout", "refresh", "reset", "lo", "key_set", "verification")) {
            assertThat(NearestName.to(word, operations)).as(word).isEmpty();
        }
        List<String> near = new ArrayList<>();
        for (String word : List.of("logn", "lgoin", "logins", "log_in", "key", "registre", "udpate")) {
            near.add(NearestName.to(word, operations).orElse("none"));
        }
        assertThat(near).containsExactly("login", "login", "login", "login", "keys", "register", "update");
        assertThat(NearestName.to("x".repeat(1_000_000), operations)).isEmpty();
    }
}
