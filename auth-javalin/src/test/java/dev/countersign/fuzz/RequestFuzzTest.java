package dev.countersign.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.common.base.Splitter;
import dev.countersign.api.Answer;
import dev.countersign.api.Body;
import dev.countersign.api.Headers;
import dev.countersign.api.LoginApi;
import dev.countersign.api.Request;
import dev.countersign.api.RequestHead;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.javalin.http.RunningApp;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any request is answered by the dialect without a fault: forms, multipart, JSON, queries, headers, cookies and tokens. */
class RequestFuzzTest {

    /** After so many requests the users in memory are new ones. */
    private static final int REQUESTS_PER_STORE = 5000;

    private static final Map<String, LoginApi> APIS = new HashMap<>();
    private static int requests;

    static Stream<byte[]> seeds() {
        return Stream.concat(Seeds.requests(), Stream.of("""
                                smarterselect
                                POST /api/v1/login
                                Content-Type: application/x-www-form-urlencoded

                                user%5Bemail%5D=han%40falcon.example&user[password]=x&a+b=%zz""", """
                                analogue
                                POST /login
                                Content-Type: multipart/form-data; boundary=b

                                --b\r
                                Content-Disposition: form-data; name="username"\r
                                \r
                                han\r
                                --b--\r
                                """, """
                                standard
                                GET /auth/me?access_token=a.b.c
                                Authorization: Bearer a.b.c
                                Cookie: session=a; session=b

                                """)).map(Seeds::utf8);
    }

    @MethodSource("seeds")
    @FuzzTest
    void a_request_is_answered_without_a_fault(byte[] bytes) {
        String[] parts = Seeds.text(bytes).split("\n", 3);
        String[] line = parts.length < 3 ? new String[0] : parts[1].split(" ", 2);
        if (line.length < 2 || !ShippedDialects.names().contains(parts[0])) {
            return;
        }
        int end = parts[2].startsWith("\n") ? 0 : parts[2].indexOf("\n\n");
        String heads = end < 0 ? parts[2] : parts[2].substring(0, end);
        byte[] body =
                Seeds.utf8(end < 0 ? "" : parts[2].substring(Math.min(parts[2].length(), end == 0 ? 1 : end + 2)));
        String[] target = line[1].split("\\?", 2);
        RequestHead head = new RequestHead(
                line[0], target[0], target.length < 2 ? "" : target[1], headers(heads), body.length, "127.0.0.1");
        LoginApi api = api(parts[0]);
        assertThat(api.plan(head).maxBodyBytes()).isNotNegative();
        Answer answer = api.handle(new Request(head, Body.of(body)));
        assertThat(answer.status()).isBetween(200, 499);
        assertThat(answer.text()).doesNotContain("Exception", "dev.countersign", "plain-new-");
        answer.headers().forEach((name, value) -> assertThat(name + value).doesNotContain("\r", "\n", "\0"));
    }

    private static Headers headers(String heads) {
        Headers headers = Headers.NONE;
        for (String head : Splitter.on('\n').split(heads)) {
            int colon = head.indexOf(':');
            if (colon > 0) {
                headers = headers.with(
                        head.substring(0, colon).strip(),
                        head.substring(colon + 1).strip());
            }
        }
        return headers;
    }

    private static LoginApi api(String dialect) {
        if (requests++ % REQUESTS_PER_STORE == 0) {
            APIS.clear();
        }
        return APIS.computeIfAbsent(dialect, name -> new RunningApp.Parts().mount(ShippedDialects.dialect(name)));
    }
}
