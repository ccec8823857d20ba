package dev.countersign.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RouteTest {

    private static Route get(String path) {
        return new Route("GET", path, Map.of());
    }

    @Test
    void parameters_are_named_in_their_order() {
        assertThat(get("/users/{user.id}/sessions/{session.id}").parameters()).containsExactly("user.id", "session.id");
        assertThat(get("/users/{/}/a{b}").parameters()).isEmpty();
    }

    @Test
    void a_path_matches_with_any_text_for_a_parameter_and_no_other_segment() {
        Route route = get("/users/{user.id}/me");
        assertThat(route.match("/users/7/me")).contains(Map.of("user.id", "7"));
        assertThat(route.match("/users/%20/me")).contains(Map.of("user.id", "%20"));
        assertThat(route.match("/users//me")).isEmpty();
        assertThat(route.match("/users/7/me/")).isEmpty();
        assertThat(route.match("/users/7/you")).isEmpty();
        assertThat(route.match("/users/7")).isEmpty();
    }

    @Test
    void a_route_covers_another_whatever_the_parameters_are_called() {
        assertThat(get("/users/{a}").covers(get("/users/{b}"))).isTrue();
        assertThat(get("/users/{a}").covers(get("/users/b"))).isFalse();
        assertThat(get("/users/a").covers(get("/users/b"))).isFalse();
        assertThat(get("/a").covers(new Route("POST", "/a", Map.of()))).isFalse();
        Route asked = new Route("GET", "/a", Map.of("kind", "x"));
        assertThat(get("/a").covers(asked)).isTrue();
        assertThat(asked.covers(get("/a"))).isFalse();
    }

    @Test
    void a_route_is_written_as_it_is_asked() {
        assertThat(new Route("GET", "/a", Map.of("b", "c")).under("/v1")).hasToString("GET /v1/a?b=c");
        assertThat(new Route("GET", "", Map.of("b", "c"))).hasToString("GET ?b=c");
        assertThat(new Route("GET", "/a", Map.of("b", "c", "d", "e")).toString())
                .matches("GET /a\\?(b=c&d=e|d=e&b=c)");
    }
}
