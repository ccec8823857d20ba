package dev.countersign.dialect.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.Endpoint;
import dev.countersign.dialect.Operation;
import dev.countersign.dialect.TokenPlace;
import dev.countersign.token.Revocation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is made of a dialect after its file was read. */
class DialectTest {

    private final Dialect standard = ShippedDialects.dialect("standard");

    private static List<String> names(Dialect dialect) {
        return dialect.endpoints().stream().map(Endpoint::name).toList();
    }

    private Endpoint named(String name) {
        return standard.endpoints().stream()
                .filter(endpoint -> endpoint.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void registration_that_a_configuration_has_to_open_is_left_out_and_nothing_else() {
        List<String> left = names(standard.withoutUnopenedRegistration());
        assertThat(left).doesNotContain("register").hasSize(standard.endpoints().size() - 1);
        Dialect open = ShippedDialects.dialect("realworld");
        assertThat(names(open.withoutUnopenedRegistration())).isEqualTo(names(open));
        assertThat(names(open.withoutRegistration()))
                .doesNotContain("register")
                .hasSize(names(open).size() - 1);
    }

    @Test
    void the_skew_can_be_another_one() {
        assertThat(standard.withSkew(Duration.ofSeconds(7)).token().skew()).isEqualTo(Duration.ofSeconds(7));
        assertThatIllegalArgumentException().isThrownBy(() -> standard.withSkew(Duration.ofSeconds(61)));
    }

    @Test
    void a_dialect_needs_sessions_for_refresh_tokens_for_operations_and_for_its_revocation() {
        assertThat(standard.needsSessions()).isTrue();
        assertThat(standard.withoutSessions().needsSessions()).isFalse();
        Dialect plain = ShippedDialects.dialect("expressa");
        assertThat(plain.needsSessions()).isFalse();
        assertThat(names(plain.withoutSessions())).isEqualTo(names(plain));
        Dialect others = ShippedDialects.dialect("realworld");
        assertThat(others.needsSessions()).isTrue();
        assertThat(others.withoutSessions().token().revocation()).isEqualTo(Revocation.BY_PASSWORD_CHANGE);
        assertThat(ShippedDialects.dialect("smarterselect").needsSessions())
                .as("its logout ends a session")
                .isTrue();
    }

    @Test
    void without_sessions_nothing_is_left_that_needs_them() {
        Dialect without = standard.withoutSessions();
        assertThat(without.refresh()).isEmpty();
        assertThat(names(without)).contains("login", "me", "password").doesNotContain("refresh", "logout", "sessions");
        Dialect kept = standard.withoutRegistration();
        assertThat(kept.token().revocation()).isEqualTo(standard.token().revocation());
    }

    @Test
    void random_access_tokens_need_sessions() throws Exception {
        String file = SampleFile.small("""
                  header: {alg: HS256}
                  claims: {sub: "${user.uuid}", exp: "${token.expires_at | epoch-seconds}"}
                  subject: /sub
                """, "  form: random\n");
        Dialect random = DialectSource.parse("small.yaml", file).read(Map.of()).dialect();
        assertThat(random.needsSessions()).isTrue();
        assertThatIllegalStateException()
                .isThrownBy(random::withoutSessions)
                .withMessageContaining("need stored sessions");
    }

    @Test
    void tokens_in_the_query_can_be_left_out_and_others_stay() {
        Dialect dialect = ShippedDialects.dialect("expressa");
        Dialect without = dialect.withoutQueryTokens();
        assertThat(dialect.transport().places()).anyMatch(TokenPlace.InQuery.class::isInstance);
        assertThat(without.transport().places())
                .hasSize(dialect.transport().places().size() - 1)
                .noneMatch(TokenPlace.InQuery.class::isInstance);
        assertThat(without.endpoints())
                .allSatisfy(endpoint ->
                        assertThat(endpoint.transport().places()).noneMatch(TokenPlace.InQuery.class::isInstance));
    }

    @Test
    void an_operation_asks_for_a_token_unless_it_takes_another_one() {
        assertThat(named("me").isAuthenticated()).isTrue();
        assertThat(named("login").isAuthenticated()).isFalse();
        assertThat(named("logout").isAuthenticated()).as("by: either_token").isFalse();
        assertThat(named("logout-all").isAuthenticated()).isTrue();
        assertThat(named("refresh").isAuthenticated()).isFalse();
        for (Operation operation : Operation.values()) {
            assertThat(operation.mayHash()).isEqualTo(operation.hasFields());
        }
    }
}
