package dev.countersign.javalin;

import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.javalin.http.Asked;
import dev.countersign.javalin.http.OwnAnswer;
import dev.countersign.javalin.http.RawAnswer;
import dev.countersign.javalin.http.RawRequest;
import dev.countersign.javalin.http.RunningApp;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random requests near the good ones: whatever comes back, it is no fault of the server's. */
class RequestFuzzTest {

    private static final long SEED = 20260301;
    private static final int REQUESTS = 250;

    static List<String> dialects() {
        return ShippedDialects.names();
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void random_requests_are_answered_without_a_fault(String name) {
        Dialect dialect = ShippedDialects.dialect(name);
        Asked asked = new Asked(dialect);
        try (RunningApp app =
                RunningApp.start(new RunningApp.Parts().mount(dialect).under("/p"))) {
            String good = asked.body(Asked.quoted(asked.han()), Asked.quoted(Asked.PASSWORD));
            String token = Asked.token(
                    app.send(RawRequest.post("/p" + asked.loginPath()).json(good)));
            RandomRequests requests = new RandomRequests(asked, "/p", good, token, new Random(SEED));
            for (int i = 0; i < REQUESTS; i++) {
                RawRequest request = requests.next();
                RawAnswer answer = app.send(request);
                OwnAnswer.checkHarmless(answer, request);
            }
        }
    }
}
