package dev.countersign.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.Reason;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.javalin.http.RunningApp.Parts;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.text.JsonText;
import dev.countersign.user.Identifier;
import dev.countersign.user.User;
import dev.countersign.user.UserKey;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A guard gives the principal, or the answer to send. */
class GuardTest {

    private final Parts parts = new Parts();
    private final Dialect dialect = ShippedDialects.dialect("payop");
    private final LoginApi api = parts.mount(dialect);
    private String token = "";

    @BeforeEach
    void logIn() {
        token = api.handle(Request.of("POST", "/v1/users/login")
                        .json("{\"email\":\"Han@Falcon.example\",\"password\":\"kessel run in 12 parsecs\"}"))
                .headers()
                .first("token")
                .orElseThrow();
    }

    private Request orders() {
        return Request.of("GET", "/orders");
    }

    private Request ordersOfHan() {
        return orders().header("token", token);
    }

    private static int status(Admission admission) {
        return admission.fold(admitted -> 200, Answer::status);
    }

    private int status(Reason reason) {
        return dialect.errors().answer(reason).template().status();
    }

    @Test
    void a_token_that_holds_admits_its_user_with_the_headers_of_the_dialect() {
        Admission admission = api.authenticate(ordersOfHan());

        assertThat(admission).isInstanceOfSatisfying(Admission.Admitted.class, admitted -> {
            assertThat(admitted.user()
                            .flatMap(user -> Optional.ofNullable(user.email()))
                            .map(Identifier::toString))
                    .contains("Han@Falcon.example");
            assertThat(admitted.headers().first("token")).contains(token);
            assertThat(admitted.headers().first("Cache-Control")).contains("no-store");
        });
    }

    @Test
    void without_a_token_the_answer_is_the_dialects() {
        assertThat(status(api.authenticate(orders()))).isEqualTo(status(Reason.MISSING_TOKEN));
        assertThat(status(api.authenticate(orders().header("token", token + "x"))))
                .isEqualTo(status(Reason.BAD_SIGNATURE));
    }

    @Test
    void an_optional_guard_lets_pass_who_has_no_token_and_refuses_one_that_does_not_hold() {
        Guard optional = api.guard().optional();

        assertThat(optional.admit(orders()))
                .isInstanceOfSatisfying(
                        Admission.Admitted.class,
                        admitted -> assertThat(admitted.user()).isEmpty());
        assertThat(optional.admit(ordersOfHan()))
                .isInstanceOfSatisfying(
                        Admission.Admitted.class,
                        admitted -> assertThat(admitted.user()).isPresent());
        assertThat(status(optional.admit(orders().header("token", "junk")))).isEqualTo(status(Reason.MALFORMED_TOKEN));
    }

    @Test
    void an_attribute_can_be_required() {
        Guard admins = api.guard().requiring("position", "admin");

        assertThat(status(admins.admit(ordersOfHan()))).isEqualTo(status(Reason.FORBIDDEN));
        assertThat(status(admins.admit(orders()))).isEqualTo(status(Reason.MISSING_TOKEN));

        User han = parts.users
                .find(new UserKey.ByEmail(Identifier.typed("Han@Falcon.example")))
                .orElseThrow()
                .user();
        parts.users.update(
                han.toBuilder()
                        .attributes(JsonObject.EMPTY.with("position", new JsonString("admin")))
                        .build(),
                null);

        assertThat(status(admins.admit(ordersOfHan()))).isEqualTo(200);
        assertThat(status(admins.requiring(user -> false).admit(ordersOfHan()))).isEqualTo(status(Reason.FORBIDDEN));
    }

    @Test
    void a_made_up_method_is_refused_whatever_the_token() {
        assertThat(status(api.authenticate(Request.of("BEFORE", "/orders").header("token", token))))
                .isEqualTo(status(Reason.METHOD_NOT_ALLOWED));
    }

    @Test
    void an_application_refuses_in_the_words_of_the_dialect() throws Exception {
        Answer answer = api.refuse(ordersOfHan().head(), Reason.FORBIDDEN);

        assertThat(answer.status()).isEqualTo(status(Reason.FORBIDDEN));
        assertThat(JsonText.read(answer.text())).isInstanceOf(JsonObject.class);
    }
}
