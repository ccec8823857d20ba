package dev.countersign.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.password.PasswordHash;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ImportedUserTest {

    private static final Instant TIME = Instant.parse("2024-02-29T12:00:00Z");
    private static final UUID FRESH = new UUID(1, 1);
    private static final UUID GIVEN = new UUID(2, 2);
    private static final Identifier EMAIL = Identifier.typed("han@example.com");
    private static final Identifier USERNAME = Identifier.typed("han");

    @Test
    void a_copy_has_every_part() {
        ImportedUser copy = ImportedUser.builder(FRESH)
                .id(new UserId(5))
                .uuid(GIVEN)
                .email(EMAIL)
                .username(USERNAME)
                .status(UserStatus.DISABLED)
                .attributes(JsonObject.EMPTY.with("ship", new JsonString("Falcon")))
                .hash(PasswordHash.of("$2b$12$x"))
                .createdAt(TIME)
                .updatedAt(TIME.plusSeconds(1))
                .lastLoginAt(TIME.plusSeconds(2))
                .previousLoginAt(TIME.plusSeconds(3))
                .passwordChangedAt(TIME.plusSeconds(4))
                .storedAt(TIME.plusSeconds(5))
                .emailSince(TIME.plusSeconds(6))
                .usernameSince(TIME.plusSeconds(7))
                .kept(Set.of(Kept.EMAIL))
                .system("old")
                .build()
                .toBuilder()
                .build();
        assertThat(copy.id()).isEqualTo(new UserId(5));
        assertThat(copy.uuid()).isEqualTo(GIVEN);
        assertThat(copy.isKnownByUuid()).isTrue();
        assertThat(copy.email()).isEqualTo(EMAIL);
        assertThat(copy.username()).isEqualTo(USERNAME);
        assertThat(copy.status()).isEqualTo(UserStatus.DISABLED);
        assertThat(copy.attributes()).isEqualTo(JsonObject.EMPTY.with("ship", new JsonString("Falcon")));
        assertThat(copy.hash()).isEqualTo(PasswordHash.of("$2b$12$x"));
        assertThat(copy.createdAt()).isEqualTo(TIME);
        assertThat(copy.updatedAt()).isEqualTo(TIME.plusSeconds(1));
        assertThat(copy.lastLoginAt()).isEqualTo(TIME.plusSeconds(2));
        assertThat(copy.previousLoginAt()).isEqualTo(TIME.plusSeconds(3));
        assertThat(copy.passwordChangedAt()).isEqualTo(TIME.plusSeconds(4));
        assertThat(copy.storedAt()).isEqualTo(TIME.plusSeconds(5));
        assertThat(copy.emailSince()).isEqualTo(TIME.plusSeconds(6));
        assertThat(copy.usernameSince()).isEqualTo(TIME.plusSeconds(7));
        assertThat(copy.saysKept()).isTrue();
        assertThat(copy.kept()).containsExactly(Kept.EMAIL);
        assertThat(copy.system()).isEqualTo("old");
    }

    @Test
    void a_builder_that_goes_on_does_not_change_what_it_built() {
        ImportedUser.Builder builder = ImportedUser.builder(FRESH).email(EMAIL);
        ImportedUser han = builder.build();
        builder.email(null).username(USERNAME).createdAt(TIME);
        assertThat(han.email()).isEqualTo(EMAIL);
        assertThat(han.username()).isNull();
        assertThat(han.createdAt()).isNull();
    }

    @Test
    void without_other_words_an_import_keeps_what_it_gives() {
        ImportedUser han = ImportedUser.builder(FRESH).email(EMAIL).build();
        assertThat(han.saysKept()).isFalse();
        assertThat(han.kept()).containsExactly(Kept.EMAIL);
        assertThat(ImportedUser.builder(FRESH)
                        .id(new UserId(5))
                        .uuid(GIVEN)
                        .username(USERNAME)
                        .build()
                        .kept())
                .containsExactly(Kept.NUMBER, Kept.UUID, Kept.USERNAME);
    }

    @Test
    void a_uuid_derived_from_an_external_id_is_known_again_but_not_to_the_old_system() {
        ImportedUser han =
                ImportedUser.builder(FRESH).email(EMAIL).externalId("han-1").build();
        assertThat(han.uuid())
                .isEqualTo(ImportedUser.builder(GIVEN)
                        .email(EMAIL)
                        .externalId("han-1")
                        .build()
                        .uuid())
                .isNotEqualTo(ImportedUser.builder(FRESH)
                        .email(EMAIL)
                        .externalId("han-2")
                        .build()
                        .uuid());
        assertThat(han.uuid().version()).isEqualTo(8);
        assertThat(han.uuid().variant()).isEqualTo(2);
        assertThat(han.isKnownByUuid()).isTrue();
        assertThat(han.kept()).containsExactly(Kept.EMAIL);
    }

    @Test
    void of_a_given_uuid_and_an_external_id_the_last_one_counts() {
        ImportedUser given = ImportedUser.builder(FRESH)
                .email(EMAIL)
                .externalId("han-1")
                .uuid(GIVEN)
                .build();
        assertThat(given.uuid()).isEqualTo(GIVEN);
        assertThat(given.kept()).containsExactly(Kept.UUID, Kept.EMAIL);
        ImportedUser derived = ImportedUser.builder(FRESH)
                .email(EMAIL)
                .uuid(GIVEN)
                .externalId("han-1")
                .build();
        assertThat(derived.kept()).containsExactly(Kept.EMAIL);
        assertThat(ImportedUser.builder(FRESH).email(EMAIL).build().isKnownByUuid())
                .isFalse();
    }

    @Test
    void the_origin_has_the_times_of_the_import_or_the_present_one() {
        Instant now = TIME.plusSeconds(60);
        ImportedUser han =
                ImportedUser.builder(FRESH).email(EMAIL).system("old").build();
        assertThat(han.origin(now)).isEqualTo(new Origin(now, now, now, "old", Set.of(Kept.EMAIL)));
        ImportedUser stored = han.toBuilder().storedAt(TIME).build();
        assertThat(stored.origin(now)).isEqualTo(new Origin(TIME, TIME, TIME, "old", Set.of(Kept.EMAIL)));
        ImportedUser dated = stored.toBuilder()
                .emailSince(TIME.plusSeconds(1))
                .usernameSince(TIME.plusSeconds(2))
                .build();
        assertThat(dated.origin(now))
                .isEqualTo(new Origin(TIME, TIME.plusSeconds(1), TIME.plusSeconds(2), "old", Set.of(Kept.EMAIL)));
    }

    @Test
    void the_largest_number_leaves_room_for_the_numbers_of_new_users() {
        UserId largest = new UserId(ImportedUser.LARGEST_NUMBER);
        assertThat(ImportedUser.builder(FRESH).email(EMAIL).id(largest).build().id())
                .isEqualTo(largest);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImportedUser.builder(FRESH).id(new UserId(ImportedUser.LARGEST_NUMBER + 1)))
                .withMessageContaining("at most");
        assertThat(ImportedUser.builder(FRESH)
                        .email(EMAIL)
                        .id(largest)
                        .id(null)
                        .build()
                        .id())
                .isNull();
    }

    @Test
    void a_user_whom_nobody_could_find_is_not_built() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImportedUser.builder(FRESH).build())
                .withMessageContaining("e-mail address");
        Identifier nothing = Identifier.typed("");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImportedUser.builder(FRESH)
                        .email(nothing)
                        .username(USERNAME)
                        .build())
                .withMessageContaining("could be found");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImportedUser.builder(FRESH)
                        .email(EMAIL)
                        .username(nothing)
                        .build())
                .withMessageContaining("could be found");
    }

    @Test
    void it_prints_its_number_and_uuid_and_no_hash() {
        assertThat(ImportedUser.builder(FRESH)
                        .id(new UserId(5))
                        .email(EMAIL)
                        .hash(PasswordHash.of("$2b$12$x"))
                        .build())
                .asString()
                .contains("5", FRESH.toString())
                .doesNotContain("$2b$12$x");
    }
}
