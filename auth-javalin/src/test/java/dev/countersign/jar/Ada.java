package dev.countersign.jar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.server.Requests;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/**
 * A user of a server, who goes on using it while it is not well.
 *
 * @param requests a client of the server
 * @param standardToken a token of the dialect standard
 * @param realworldToken a token of the dialect realworld
 */
record Ada(Requests requests, String standardToken, String realworldToken) {

    static final String PASSWORD = "a password nobody else has";

    /** Registers her. */
    static Ada registered(Requests requests) {
        assertThat(requests.register("/rw", "ada@example.com", "ada", PASSWORD).statusCode())
                .isEqualTo(201);
        HttpResponse<String> login = requests.post(
                "/rw/api/users/login", "{\"user\":{\"email\":\"ada@example.com\",\"password\":\"" + PASSWORD + "\"}}");
        return new Ada(requests, requests.token("ada", PASSWORD), Requests.text(login, "/user/token"));
    }

    /** Logging in and the questions that only read are answered as always, and soon. */
    void checkReads() {
        long start = System.nanoTime();
        assertThat(requests.login("ada", PASSWORD).statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        checkQuestions();
    }

    /** What no login is noted for. */
    void checkQuestions() {
        assertThat(requests.login("ada", PASSWORD + "?").statusCode()).isEqualTo(401);
        assertThat(requests.me(standardToken).statusCode()).isEqualTo(200);
        assertThat(requests.get("/rw/api/user", "Token " + realworldToken).statusCode())
                .isEqualTo(200);
    }

    /** Registrations and changes get the 503 of their dialect, with a time to come again, within a time. */
    void checkUnavailable(Duration limit) {
        unavailable(
                limit,
                "{\"type\":",
                () -> requests.post(
                        "/auth/register", "{\"email\":\"eve@example.com\",\"password\":\"" + PASSWORD + "\"}"));
        unavailable(limit, "{\"errors\":", () -> requests.register("/rw", "eve@example.com", "eve", PASSWORD));
        unavailable(limit, "{\"errors\":", this::changePassword);
    }

    /** Registrations and changes work. */
    void checkWrites() {
        assertThat(requests.register("/rw", "eve@example.com", "eve", PASSWORD).statusCode())
                .isEqualTo(201);
        assertThat(requests.login("ada", PASSWORD).statusCode()).isEqualTo(200);
        assertThat(changePassword().statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> changePassword() {
        return requests.put(
                "/rw/api/user", "Token " + realworldToken, "{\"user\":{\"password\":\"another " + PASSWORD + "\"}}");
    }

    private interface Question {
        HttpResponse<String> ask();
    }

    private static void unavailable(Duration limit, String start, Question question) {
        long before = System.nanoTime();
        HttpResponse<String> answer = question.ask();
        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .as("%s", answer.uri())
                .isLessThan(limit);
        assertThat(answer.statusCode()).as("%s %s", answer.uri(), answer.body()).isEqualTo(503);
        assertThat(answer.body()).startsWith(start);
        assertThat(answer.headers().firstValue("Retry-After").orElse("none")).matches("[1-9][0-9]*");
    }

    /** Faults took a line each with their cause, and a stack trace with the first of a kind. */
    static void checkLog(List<String> lines, String cause) {
        List<String> faults =
                lines.stream().filter(line -> line.contains(" failed: ")).toList();
        assertThat(faults).isNotEmpty().allSatisfy(line -> assertThat(line).contains(cause, "[fault "));
        assertThat(lines.stream().filter(line -> line.startsWith("dev.countersign.AuthFault")))
                .hasSize((int)
                        faults.stream().filter(line -> !line.contains(", no. ")).count());
    }
}
