package dev.countersign.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.testkit.fake.InMemoryUserStore;
import dev.countersign.testkit.fake.PlainPasswordHasher;
import dev.countersign.testkit.fixture.NamedUsers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingTest {

    @ParameterizedTest
    @ValueSource(strings = {"smarterselect", "analogue", "expressa", "testpress", "payop", "realworld", "standard"})
    void every_recording_can_be_read(String dialect) {
        assertThat(Recording.of(dialect).scenarios())
                .isNotEmpty()
                .allSatisfy((name, steps) -> assertThat(steps).isNotEmpty());
    }

    @Test
    void there_is_no_recording_of_an_unknown_dialect() {
        assertThatThrownBy(() -> Recording.of("nobody")).hasMessageContaining("there is no recording");
    }

    @Test
    void the_named_users_are_numbered_from_one() {
        InMemoryUserStore users = new InMemoryUserStore();
        int stored = NamedUsers.storeIn(users, PlainPasswordHasher.keepingPasswordsInTheClear())
                .size();
        assertThat(users.page(null, 100))
                .hasSize(stored)
                .first()
                .satisfies(user -> assertThat(user.id().value()).isEqualTo(1));
    }
}
