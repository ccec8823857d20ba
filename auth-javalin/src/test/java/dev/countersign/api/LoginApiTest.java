package dev.countersign.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.countersign.AuthFault;
import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.Endpoint;
import dev.countersign.dialect.Operation;
import dev.countersign.dialect.Reason;
import dev.countersign.dialect.Route;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.javalin.http.FailingStore;
import dev.countersign.javalin.http.RunningApp.Parts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an adapter can rely on. */
class LoginApiTest {

    private static final String LOGIN =
            "{\"user\":{\"email\":\"Han@Falcon.example\",\"password\":\"kessel run in 12 parsecs\"}}";

    static List<String> dialects() {
        return ShippedDialects.names();
    }

    private final Parts parts = new Parts();

    private LoginApi api(String dialect) {
        return parts.mount(ShippedDialects.dialect(dialect));
    }

    private static Request login(String body) {
        return Request.of("POST", "/api/users/login").json(body);
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void requests_that_may_hash_have_a_lane_of_their_own(String name) {
        LoginApi api = api(name);

        for (Endpoint endpoint : api.dialect().endpoints()) {
            for (Route route : endpoint.routes()) {
                Plan plan = api.plan(asked(route, endpoint));

                boolean hashes = ImmutableList.of(
                                Operation.LOGIN, Operation.REGISTER, Operation.UPDATE, Operation.PASSWORD)
                        .contains(endpoint.operation());
                boolean reads = hashes || endpoint.readsTokenFromBody();
                assertThat(plan.lane())
                        .as(route.toString())
                        .isEqualTo(hashes ? Plan.Lane.HASHING : Plan.Lane.VERIFYING);
                assertThat(plan.maxBodyBytes()).as(route.toString()).isEqualTo(reads ? LoginApi.MAX_BODY_BYTES : 0);
            }
        }
    }

    private static RequestHead asked(Route route, Endpoint endpoint) {
        Request request = Request.of(route.method(), route.path());
        for (var header : endpoint.request().headers().entrySet()) {
            request = request.header(header.getKey(), header.getValue().isEmpty() ? "any" : header.getValue());
        }
        return endpoint.operation().hasFields() ? request.json("{}").head() : request.head();
    }

    @Test
    void what_the_head_decides_needs_no_body_and_no_lane() {
        LoginApi api = api("realworld").withMaxBodyBytes(10);

        assertThat(api.plan(login("{\"far\":\"too long\"}").head())).isEqualTo(new Plan(0, Plan.Lane.VERIFYING));
        assertThat(api.plan(Request.of("POST", "/api/users/login")
                        .header("Content-Type", "text/csv")
                        .body("a,b")
                        .head()))
                .isEqualTo(new Plan(0, Plan.Lane.VERIFYING));
        assertThat(api.plan(Request.of("POST", "/elsewhere").json("{}").head()))
                .isEqualTo(new Plan(0, Plan.Lane.VERIFYING));
    }

    @Test
    void two_media_types_that_differ_are_none() {
        LoginApi api = api("standard");
        Request login = Request.of("POST", "/auth/login").json("{\"identifier\":\"a\",\"password\":\"b\"}");
        assertThat(api.handle(login.header("Content-Type", "application/json")).status())
                .isEqualTo(401);
        assertThat(api.handle(login.header("Content-Type", "text/plain")).status())
                .isEqualTo(415);
    }

    @Test
    void registration_can_be_left_out() {
        LoginApi open = api("standard").under("/v1");
        Request register = Request.of("POST", "/v1/auth/register").json("{}");
        assertThat(open.handle(register).status()).isEqualTo(422);

        LoginApi closed = open.withoutRegistration();

        assertThat(closed.handle(register).status()).isEqualTo(404);
        assertThat(closed.handle(Request.of("GET", "/v1/auth/me")).status()).isEqualTo(401);
        assertThat(closed.withMaxBodyBytes(10).routes())
                .hasSize(open.routes().size() - 1)
                .noneMatch(route -> route.path().endsWith("/register"));
    }

    @Test
    void an_application_is_told_which_paths_are_not_its_own() {
        LoginApis apis = LoginApis.of(List.of(api("realworld"), api("payop").under("/pay")));

        assertThat(Stream.of("/api/user", "/api/users/login", "/pay/v1/users/me", "/pay/what", "/pay/"))
                .allMatch(apis::owns);
        LoginApi checking = api("payop").under("/pay").withProxyCheck(ProxyCheck.at("/check"));
        assertThat(LoginApis.of(List.of(checking)).owns("/check")).isTrue();
        assertThat(Stream.of("/", "/api", "/api/user/", "/pay", "/payment", "/v1/users/me"))
                .noneMatch(apis::owns);
    }

    @Test
    void a_body_that_could_not_be_read_is_answered_with_its_reason() {
        Dialect dialect = ShippedDialects.dialect("realworld");
        RequestHead head = login(LOGIN).head();
        LoginApi api = parts.mount(dialect);

        assertThat(api.handle(new Request(head, Body.late())).status())
                .isEqualTo(status(dialect, Reason.REQUEST_TIMEOUT));
        assertThat(api.handle(new Request(head, Body.broken())).status())
                .isEqualTo(status(dialect, Reason.UNPARSEABLE_BODY));
        assertThat(api.handle(new Request(head, Body.tooLarge())).status())
                .isEqualTo(status(dialect, Reason.BODY_TOO_LARGE));
        Answer busy = api.handle(new Request(head, Body.withoutRoom()));
        assertThat(busy.status()).isEqualTo(status(dialect, Reason.UNAVAILABLE));
        assertThat(busy.headers().first("retry-after")).contains("1");
    }

    private static int status(Dialect dialect, Reason reason) {
        return dialect.errors().answer(reason).template().status();
    }

    @Test
    void a_fault_is_answered_and_never_thrown() {
        FailingStore broken = new FailingStore(parts.users);
        LoginApi api = new Parts(broken, parts.hasher, parts.clock).mount(ShippedDialects.dialect("realworld"));

        broken.failWith(() -> new IllegalStateException("secret"));
        Answer fault = api.handle(login(LOGIN));
        assertThat(fault.status()).isEqualTo(500);
        assertThat(fault.text()).doesNotContain("secret", "Exception");

        broken.failWith(() -> AuthFault.temporary("the store is busy", new IllegalStateException("secret")));
        assertThat(api.handle(login(LOGIN)).status()).isEqualTo(503);

        broken.failWith(() -> {
            throw new StackOverflowError();
        });
        assertThat(api.handle(login(LOGIN)).status()).isEqualTo(500);

        broken.failWith(null);
        assertThat(api.handle(login(LOGIN)).status()).isEqualTo(200);
    }

    @Test
    void nothing_prints_a_secret() {
        Request request = login(LOGIN).header("Authorization", "Token secret-token");
        Answer answer = api("realworld").handle(request);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(List.of(
                        request, request.head(), request.body(), request.head().headers(), answer))
                .allSatisfy(value -> assertThat(value.toString()).doesNotContain("kessel", "secret-token", "eyJ"));
    }

    @Test
    void closing_a_body_wipes_it() {
        byte[] bytes = LOGIN.getBytes(StandardCharsets.UTF_8);

        try (Body body = Body.of(bytes)) {
            assertThat(body.length()).isEqualTo(bytes.length);
        }

        assertThat(bytes).containsOnly(0);
    }
}
