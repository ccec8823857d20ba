package dev.countersign.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OriginTest {

    private static final Instant STORED = Instant.parse("2024-02-29T12:00:00Z");
    private static final Instant CHANGED = STORED.plusSeconds(60);
    private static final Origin OLD = new Origin(STORED, STORED, STORED, "old", EnumSet.allOf(Kept.class));

    @Test
    void a_property_is_kept_for_the_old_system_it_came_from_only() {
        Origin number = new Origin(STORED, STORED, STORED, "old", Set.of(Kept.NUMBER));
        assertThat(number.keeps(Kept.NUMBER, "old")).isTrue();
        assertThat(number.keeps(Kept.UUID, "old")).isFalse();
        assertThat(number.keeps(Kept.NUMBER, "other")).isFalse();
        assertThat(number.keeps(Kept.NUMBER, Origin.UNNAMED_SYSTEM)).isFalse();
    }

    @Test
    void in_a_table_that_the_old_systems_use_a_property_is_kept_for_each_of_them() {
        Origin shared = new Origin(STORED, STORED, STORED, Origin.ANY_SYSTEM, Set.of(Kept.EMAIL));
        assertThat(shared.keeps(Kept.EMAIL, "old")).isTrue();
        assertThat(shared.keeps(Kept.EMAIL, Origin.UNNAMED_SYSTEM)).isTrue();
        assertThat(shared.keeps(Kept.USERNAME, "old")).isFalse();
    }

    @Test
    void a_user_who_registers_here_shares_nothing_with_an_old_system() {
        Origin here = Origin.here(STORED);
        assertThat(here).isEqualTo(new Origin(STORED, STORED, STORED, "", Set.of()));
        assertThat(Kept.values()).noneMatch(what -> here.keeps(what, Origin.UNNAMED_SYSTEM));
    }

    @Test
    void a_new_email_address_is_no_longer_that_of_the_old_system_and_everything_else_is() {
        Origin changed = OLD.withEmailSince(CHANGED);
        assertThat(changed)
                .isEqualTo(new Origin(STORED, CHANGED, STORED, "old", EnumSet.complementOf(EnumSet.of(Kept.EMAIL))));
    }

    @Test
    void a_new_username_is_no_longer_that_of_the_old_system_and_everything_else_is() {
        Origin changed = OLD.withUsernameSince(CHANGED);
        assertThat(changed)
                .isEqualTo(new Origin(STORED, STORED, CHANGED, "old", EnumSet.complementOf(EnumSet.of(Kept.USERNAME))));
    }

    @Test
    void the_name_of_a_system_has_no_character_that_a_store_cannot_keep() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Origin(STORED, STORED, STORED, "o\0ld", Set.of()))
                .withMessageContaining("NUL");
        assertThatIllegalArgumentException().isThrownBy(() -> new Origin(STORED, STORED, STORED, "\0", Set.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Origin(STORED, STORED, STORED, "old\uD800", Set.of()));
    }
}
