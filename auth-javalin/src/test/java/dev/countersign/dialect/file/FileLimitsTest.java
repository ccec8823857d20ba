package dev.countersign.dialect.file;

import static dev.countersign.dialect.file.SampleFile.problems;
import static dev.countersign.dialect.file.SampleFile.small;
import static dev.countersign.dialect.file.SampleFile.warnings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.PasswordLimits;
import dev.countersign.session.RefreshRules;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers and durations of a file: the last that is accepted, and the first that is refused or warned of. */
class FileLimitsTest {

    private static final String REFRESH = """
              refresh:
                routes: [POST /refresh]
                media_types: [application/json]
                answer:
                  body: {token: "${token}", refresh: "${refresh_token}"}
            """;

    @ParameterizedTest
    @CsvSource({"0s,false", "1s,true", "60s,true", "61s,false"})
    void a_skew_is_at_most_a_minute_and_a_token_lasts_at_least_a_second(String duration, boolean fits) {
        if (!duration.equals("0s")) {
            assertThat(problems(skew(duration)))
                    .hasSize(fits ? 0 : 1)
                    .allMatch(found -> found.startsWith("/token/skew: skew is 61s; at most 60s"));
        }
        assertThat(problems(small("lifetime: 1h", "lifetime: " + duration)))
                .hasSize(duration.equals("0s") ? 1 : 0)
                .allMatch(found -> found.startsWith("/token/lifetime: lifetime is below a second"));
    }

    @Test
    void what_a_file_says_of_its_tokens_is_read() {
        Dialect dialect = SampleFile.read(skew("60s"));
        assertThat(dialect.token().skew()).isEqualTo(Duration.ofSeconds(60));
        assertThat(dialect.token().lifetime()).isEqualTo(Duration.ofHours(1));
        assertThat(SampleFile.read(small()).token().skew()).isEqualTo(Duration.ZERO);
    }

    @ParameterizedTest
    @CsvSource({"minimum,0,false", "minimum,1,true", "minimum,64,true", "minimum,65,false"})
    @CsvSource({"maximum,63,false", "maximum,64,true", "maximum,4096,true", "maximum,4097,false"})
    void lengths_of_passwords_have_limits(String key, int length, boolean fits) {
        assertThat(problems(passwords(key + ": " + length)))
                .hasSize(fits ? 0 : 1)
                .allMatch(found ->
                        found.startsWith("/passwords/" + key + ": " + key + " is " + length + "; a number from"));
    }

    @Test
    void a_file_without_limits_of_passwords_has_fifteen_to_sixty_four_characters_and_no_common_ones() {
        assertThat(SampleFile.read(small()).passwords()).isEqualTo(new PasswordLimits(15, 64, true));
        assertThat(SampleFile.read(passwords("minimum: 9, maximum: 100, refuse_common: false"))
                        .passwords())
                .isEqualTo(new PasswordLimits(9, 100, false));
    }

    @ParameterizedTest
    @CsvSource({"7,1", "8,0"})
    void passwords_of_fewer_than_eight_characters_are_warned_of(int minimum, int warnings) {
        String register = "  register:\n    routes: [POST /register]\n    media_types: [application/json]\n"
                + "    fields: {email: {at: /email}, password: {at: /password}}\n    answer: {status: 201}\n";
        assertThat(warnings(passwords("minimum: " + minimum).replace("  me:\n", register + "  me:\n")))
                .filteredOn(found -> found.startsWith("/passwords/minimum"))
                .hasSize(warnings);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            value = {
                "idle: 1s → idle",
                "idle: 90d → idle",
                "idle: 1d, absolute: 1d → idle",
                "absolute: 365d → absolute",
                "grace: 1s → grace",
                "grace: 60s → grace"
            })
    void refresh_tokens_within_the_limits_cause_no_warning(String rules, String key) {
        assertThat(warnings(refreshing(rules))).noneMatch(found -> found.startsWith("/refresh_token/" + key));
    }

    @Test
    void what_a_file_says_of_its_refresh_tokens_is_read() {
        RefreshRules rules = SampleFile.read(refreshing("idle: 2d, absolute: 3d, grace: 4s"))
                .refresh()
                .orElseThrow();
        assertThat(rules.idle()).isEqualTo(Duration.ofDays(2));
        assertThat(rules.absolute()).isEqualTo(Duration.ofDays(3));
        assertThat(rules.grace()).isEqualTo(Duration.ofSeconds(4));
        RefreshRules idle = SampleFile.read(refreshing("idle: 89d")).refresh().orElseThrow();
        assertThat(idle.absolute()).isEqualTo(Duration.ofDays(90));
    }

    @ParameterizedTest
    @ValueSource(strings = {"24855d", "596523h", "35791394m"})
    void a_cookie_lives_as_many_seconds_as_browsers_count(String longest) {
        assertThat(problems(cookie(longest))).isEmpty();
    }

    @Test
    void a_cookie_that_lives_longer_is_refused() {
        assertThat(problems(cookie("35791395m")))
                .singleElement()
                .asString()
                .startsWith("/operations/login/answer/cookies/0/max_age");
    }

    private static String skew(String duration) {
        return small("lifetime: 1h", "lifetime: 1h\n  skew: " + duration);
    }

    private static String passwords(String limits) {
        return small("\nerrors:", "\npasswords: {" + limits + "}\nerrors:");
    }

    private static String cookie(String maxAge) {
        return small(
                "body: {token: \"${token}\"}", "cookies: [{name: a, value: \"${token}\", max_age: " + maxAge + "}]");
    }

    private static String refreshing(String rules) {
        return small(
                "operations:\n",
                "refresh_token: {" + rules + "}\nrefresh_token_in: [{body: /refresh}]\noperations:\n" + REFRESH,
                "body: {token: \"${token}\"}",
                "body: {token: \"${token}\", refresh: \"${refresh_token}\"}");
    }
}
