package dev.countersign.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.password.PasswordHash;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What an import changes of a user who exists. */
class ImportUpdateTest {

    private static final Instant STORED = Instant.parse("2024-02-29T12:00:00Z");
    private static final Instant NOW = STORED.plusSeconds(3600);
    private static final Instant GIVEN = STORED.plusSeconds(60);
    private static final UUID UUID_1 = new UUID(1, 1);
    private static final UserId ONE = new UserId(1);
    private static final Identifier EMAIL = Identifier.typed("han@example.com");
    private static final Identifier USERNAME = Identifier.typed("han");
    private static final Identifier OTHER = Identifier.typed("solo");
    private static final Identifier OTHER_EMAIL = Identifier.typed("solo@example.com");
    private static final PasswordHash HASH = PasswordHash.of("$2b$12$one");
    private static final JsonObject SHIP = JsonObject.EMPTY.with("ship", new JsonString("Falcon"));
    private static final User HAN = User.builder(ONE, UUID_1, STORED)
            .email(EMAIL)
            .username(USERNAME)
            .status(UserStatus.DISABLED)
            .attributes(SHIP)
            .passwordChangedAt(GIVEN)
            .origin(new Origin(STORED, STORED, STORED, "old", Set.of(Kept.EMAIL, Kept.USERNAME)))
            .build();

    @Test
    void what_an_import_does_not_give_stays_as_it_is() {
        User updated = updated(han().email(EMAIL).build());
        assertThat(updated)
                .isEqualTo(
                        HAN.toBuilder().updatedAt(NOW).origin(updated.origin()).build());
    }

    @Test
    void what_an_import_gives_replaces_what_there_was() {
        User updated = updated(han().email(OTHER_EMAIL)
                .username(OTHER)
                .status(UserStatus.ACTIVE)
                .attributes(JsonObject.EMPTY)
                .updatedAt(GIVEN)
                .lastLoginAt(GIVEN)
                .build());
        assertThat(updated.email()).isEqualTo(OTHER_EMAIL);
        assertThat(updated.username()).isEqualTo(OTHER);
        assertThat(updated.status()).isEqualTo(UserStatus.ACTIVE);
        assertThat(updated.attributes()).isEqualTo(JsonObject.EMPTY);
        assertThat(updated.updatedAt()).isEqualTo(GIVEN);
        assertThat(updated.lastLoginAt()).isEqualTo(GIVEN);
    }

    @Test
    void another_hash_is_a_password_change_now_unless_the_import_knows_its_time() {
        PasswordHash other = PasswordHash.of("$2b$12$two");
        assertThat(updated(han().email(EMAIL).hash(other).build()).passwordChangedAt())
                .isEqualTo(NOW);
        Instant known = GIVEN.plusSeconds(5);
        assertThat(updated(han().email(EMAIL)
                                .hash(other)
                                .passwordChangedAt(known)
                                .build())
                        .passwordChangedAt())
                .isEqualTo(known);
    }

    @Test
    void the_same_hash_is_no_password_change() {
        assertThat(updated(han().email(EMAIL).hash(HASH).build()).passwordChangedAt())
                .isEqualTo(GIVEN);
        assertThat(ImportMatch.changesPassword(han().email(EMAIL).hash(HASH).build(), stored(HAN)))
                .isFalse();
        assertThat(ImportMatch.changesPassword(han().email(EMAIL).build(), stored(HAN)))
                .isFalse();
    }

    @Test
    void the_time_of_a_password_change_never_goes_back() {
        PasswordHash other = PasswordHash.of("$2b$12$two");
        Instant before = GIVEN.minusSeconds(5);
        assertThat(updated(han().email(EMAIL)
                                .hash(other)
                                .passwordChangedAt(before)
                                .build())
                        .passwordChangedAt())
                .isEqualTo(GIVEN);
        Instant later = NOW.plusSeconds(5);
        User changedLater = HAN.toBuilder().passwordChangedAt(later).build();
        assertThat(updated(han().email(EMAIL).hash(other).build(), changedLater).passwordChangedAt())
                .isEqualTo(later);
    }

    @Test
    void a_password_that_never_changed_gets_the_time_of_the_import_or_the_imported_one() {
        User never = HAN.toBuilder().passwordChangedAt(null).build();
        assertThat(updated(han().email(EMAIL).build(), never).passwordChangedAt())
                .isNull();
        assertThat(updated(han().email(EMAIL).passwordChangedAt(GIVEN).build(), never)
                        .passwordChangedAt())
                .isEqualTo(GIVEN);
        assertThat(updated(
                                han().email(EMAIL)
                                        .hash(PasswordHash.of("$2b$12$two"))
                                        .build(),
                                never)
                        .passwordChangedAt())
                .isEqualTo(NOW);
    }

    @Test
    void another_identifier_belongs_to_the_user_since_the_import_or_since_the_imported_time() {
        Origin origin =
                updated(han().email(OTHER_EMAIL).username(OTHER).build()).origin();
        assertThat(origin.emailSince()).isEqualTo(NOW);
        assertThat(origin.usernameSince()).isEqualTo(NOW);
        Origin dated = updated(han().email(OTHER_EMAIL)
                        .username(OTHER)
                        .emailSince(GIVEN)
                        .usernameSince(GIVEN.plusSeconds(1))
                        .build())
                .origin();
        assertThat(dated.emailSince()).isEqualTo(GIVEN);
        assertThat(dated.usernameSince()).isEqualTo(GIVEN.plusSeconds(1));
        assertThat(dated.storedAt()).isEqualTo(STORED);
    }

    @Test
    void the_same_identifier_belongs_to_the_user_as_long_as_before_or_since_the_imported_time() {
        Origin origin = updated(han().email(EMAIL).username(USERNAME).build()).origin();
        assertThat(origin.emailSince()).isEqualTo(STORED);
        assertThat(origin.usernameSince()).isEqualTo(STORED);
        Origin dated = updated(han().email(EMAIL)
                        .username(USERNAME)
                        .emailSince(GIVEN)
                        .usernameSince(GIVEN.plusSeconds(1))
                        .storedAt(GIVEN.plusSeconds(2))
                        .build())
                .origin();
        assertThat(dated.emailSince()).isEqualTo(GIVEN);
        assertThat(dated.usernameSince()).isEqualTo(GIVEN.plusSeconds(1));
        assertThat(dated.storedAt()).isEqualTo(GIVEN.plusSeconds(2));
    }

    @Test
    void an_import_of_the_same_system_adds_what_it_keeps() {
        assertThat(updated(han().id(ONE).uuid(UUID_1).username(USERNAME).build())
                        .origin())
                .isEqualTo(new Origin(
                        STORED, STORED, STORED, "old", Set.of(Kept.NUMBER, Kept.UUID, Kept.EMAIL, Kept.USERNAME)));
    }

    @Test
    void a_number_or_uuid_that_the_user_does_not_have_here_is_not_kept() {
        assertThat(updated(han().id(new UserId(2))
                                .uuid(new UUID(2, 2))
                                .email(EMAIL)
                                .build())
                        .origin()
                        .kept())
                .containsExactlyInAnyOrder(Kept.EMAIL, Kept.USERNAME);
    }

    @Test
    void an_import_that_says_what_is_kept_replaces_what_was() {
        assertThat(updated(han().email(EMAIL).kept(Set.of(Kept.USERNAME)).build())
                        .origin()
                        .kept())
                .containsExactly(Kept.USERNAME);
    }

    @Test
    void an_import_of_another_system_leaves_the_origin_alone() {
        Origin origin = updated(ImportedUser.builder(UUID_1)
                        .system("new")
                        .id(ONE)
                        .uuid(UUID_1)
                        .email(EMAIL)
                        .build())
                .origin();
        assertThat(origin).isEqualTo(HAN.origin());
    }

    @Test
    void a_user_of_no_system_becomes_one_of_the_importing_system() {
        User here = HAN.toBuilder().origin(Origin.here(STORED)).build();
        Origin origin = updated(han().id(ONE).email(EMAIL).build(), here).origin();
        assertThat(origin).isEqualTo(new Origin(STORED, STORED, STORED, "old", Set.of(Kept.NUMBER, Kept.EMAIL)));
    }

    private static ImportedUser.Builder han() {
        return ImportedUser.builder(new UUID(9, 9)).system("old");
    }

    private static User updated(ImportedUser imported) {
        return updated(imported, HAN);
    }

    private static User updated(ImportedUser imported, User before) {
        return ImportMatch.updated(imported, stored(before), NOW);
    }

    private static StoredUser stored(User user) {
        return new StoredUser(user, HASH);
    }
}
