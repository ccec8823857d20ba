package dev.countersign.dialect.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.dialect.Dialect;
import dev.countersign.file.InvalidFileException;
import dev.countersign.file.Problem;
import java.util.List;
import java.util.Map;

/** A dialect file in which parts are replaced. */
final class SampleFile {

    private static final String SMALL = """
            dialect: small
            title: A small one
            answers:
              headers: {X-All: all}
            token:
              header: {alg: HS256}
              claims: {sub: "${user.uuid}", exp: "${token.expires_at | epoch-seconds}"}
              subject: /sub
              lifetime: 1h
            token_in: [{header: Authorization, scheme: Bearer}]
            operations:
              login:
                routes: [POST /login]
                media_types: [application/json]
                fields:
                  identifier: {at: /email, kind: email}
                  password: {at: /password}
                answer:
                  body: {token: "${token}"}
              me:
                routes: [GET /me]
                answer:
                  body: {id: "${user.uuid}"}
            field_errors:
              messages:
                absent: is missing
            errors:
              defaults: {body: {error: "${error.reason}", fields: "${fields}"}}
              bad_credentials: {}
              missing_token: {}
              bad_request: {}
              fault: {}
            """;

    private SampleFile() {}

    /** The smallest file that says a little of everything, with parts replaced: what, by what, and so on. */
    static String small(String... replaced) {
        return replace(SMALL, replaced);
    }

    static String replace(String file, String... replaced) {
        String text = file;
        for (int i = 0; i < replaced.length; i += 2) {
            assertThat(text).contains(replaced[i]);
            text = text.replace(replaced[i], replaced[i + 1]);
        }
        return text;
    }

    static Dialect read(String text) {
        try {
            return DialectReader.read("sample.yaml", text, Map.of());
        } catch (InvalidFileException invalid) {
            throw new AssertionError(invalid.getMessage(), invalid);
        }
    }

    /** The file's problems as they are printed, without the file's name and the line. */
    static List<String> problems(String text) {
        return problems(text, Map.of());
    }

    static List<String> problems(String text, Map<String, String> settings) {
        InvalidFileException invalid = catchThrowableOfType(
                InvalidFileException.class, () -> DialectReader.read("sample.yaml", text, settings));
        return invalid == null ? List.of() : told(invalid.problems());
    }

    /** The warnings of a file that has no problems. */
    static List<String> warnings(String text) {
        try {
            return told(DialectSource.parse("sample.yaml", text).read(Map.of()).warnings());
        } catch (InvalidFileException invalid) {
            throw new AssertionError(invalid.getMessage(), invalid);
        }
    }

    private static List<String> told(List<Problem> problems) {
        return problems.stream()
                .map(problem -> problem.at() + ": " + problem.found() + "; " + problem.right())
                .toList();
    }
}
