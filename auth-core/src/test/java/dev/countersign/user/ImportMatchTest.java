package dev.countersign.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.user.ImportMatch.Found;
import dev.countersign.user.ImportMatch.Numbered;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImportMatchTest {

    private static final Instant STORED = Instant.parse("2024-02-29T12:00:00Z");
    private static final UUID RANDOM = UUID.fromString("0b5d9e30-5b1c-4f7a-9d5e-3f3d2c1b0a99");
    private static final UUID GIVEN = UUID.fromString("7f0e1c52-9a3b-4c1d-8e2f-1a2b3c4d5e6f");
    private static final UUID DERIVED = UUID.fromString("7f0e1c52-9a3b-8c1d-8e2f-1a2b3c4d5e6f");
    private static final UserId ONE = new UserId(1);
    private static final UserId TWO = new UserId(2);

    @ParameterizedTest
    @EnumSource
    void a_user_without_number_and_uuid_is_found_by_the_names_alone(OnExisting onExisting) {
        ImportedUser han = han().build();
        assertThat(ImportMatch.of(han, found(null, null), onExisting)).isEqualTo(result(ImportResult.ADDED, null));
        assertThat(ImportMatch.of(han, found(null, null, ONE), onExisting))
                .isEqualTo(result(ImportResult.EXISTING, ONE));
        assertThat(ImportMatch.of(han, found(null, null, ONE, TWO), onExisting))
                .isEqualTo(result(ImportResult.AMBIGUOUS, null));
    }

    @Test
    void a_uuid_that_was_not_given_finds_nobody() {
        assertThat(ImportMatch.of(han().build(), found(null, TWO, ONE), OnExisting.UPDATE))
                .isEqualTo(result(ImportResult.EXISTING, ONE));
    }

    @ParameterizedTest
    @EnumSource
    void a_given_uuid_finds_its_user(OnExisting onExisting) {
        ImportedUser han = han().uuid(GIVEN).build();
        assertThat(ImportMatch.of(han, found(null, ONE), onExisting)).isEqualTo(result(ImportResult.EXISTING, ONE));
        assertThat(ImportMatch.of(han, found(null, ONE, ONE), onExisting))
                .isEqualTo(result(ImportResult.EXISTING, ONE));
        assertThat(ImportMatch.of(han, found(null, null), onExisting)).isEqualTo(result(ImportResult.ADDED, null));
    }

    @ParameterizedTest
    @EnumSource
    void a_new_user_takes_no_name_of_another(OnExisting onExisting) {
        assertThat(ImportMatch.of(han().uuid(GIVEN).build(), found(null, null, TWO), onExisting))
                .isEqualTo(result(ImportResult.IDENTIFIER_TAKEN, null));
        assertThat(ImportMatch.of(han().id(ONE).build(), found(null, null, TWO), onExisting))
                .isEqualTo(result(ImportResult.IDENTIFIER_TAKEN, null));
    }

    @Test
    void an_existing_user_takes_no_name_of_another_either_but_only_an_update_would() {
        ImportedUser han = han().uuid(GIVEN).build();
        assertThat(ImportMatch.of(han, found(null, ONE, TWO), OnExisting.UPDATE))
                .isEqualTo(result(ImportResult.IDENTIFIER_TAKEN, null));
        assertThat(ImportMatch.of(han, found(null, ONE, ONE, TWO), OnExisting.UPDATE))
                .isEqualTo(result(ImportResult.IDENTIFIER_TAKEN, null));
        assertThat(ImportMatch.of(han, found(null, ONE, TWO), OnExisting.SKIP))
                .isEqualTo(result(ImportResult.EXISTING, ONE));
    }

    @Test
    void a_number_that_came_from_the_same_system_is_the_same_user() {
        ImportedUser han = han().id(ONE).build();
        assertThat(ImportMatch.of(han, found(numbered("old", Kept.NUMBER), null), OnExisting.UPDATE))
                .isEqualTo(result(ImportResult.EXISTING, ONE));
        assertThat(ImportMatch.of(han, found(numbered("other", Kept.NUMBER), null), OnExisting.UPDATE))
                .isEqualTo(result(ImportResult.NUMBER_TAKEN, null));
    }

    @Test
    void a_number_that_was_assigned_here_is_the_same_user_only_if_every_name_is_theirs_too() {
        ImportedUser han = han().id(ONE).build();
        assertThat(ImportMatch.of(han, found(numbered("old", Kept.EMAIL), null), OnExisting.UPDATE))
                .isEqualTo(result(ImportResult.NUMBER_TAKEN, null));
        assertThat(ImportMatch.of(han, found(numbered("old", Kept.EMAIL), null, ONE), OnExisting.UPDATE))
                .isEqualTo(result(ImportResult.EXISTING, ONE));
        assertThat(ImportMatch.of(han, found(numbered("old", Kept.EMAIL), null, ONE, TWO), OnExisting.UPDATE))
                .isEqualTo(result(ImportResult.NUMBER_TAKEN, null));
        ImportedUser withUuid = han().id(ONE).uuid(GIVEN).build();
        assertThat(ImportMatch.of(withUuid, found(numbered("old", Kept.EMAIL), null, ONE), OnExisting.UPDATE))
                .isEqualTo(result(ImportResult.NUMBER_TAKEN, null));
    }

    @Test
    void a_number_and_a_uuid_of_two_users_are_ambiguous() {
        ImportedUser han = han().id(ONE).uuid(GIVEN).build();
        assertThat(ImportMatch.of(han, found(numbered("old", Kept.NUMBER), TWO), OnExisting.UPDATE))
                .isEqualTo(result(ImportResult.AMBIGUOUS, null));
        assertThat(ImportMatch.of(han, found(numbered("other"), ONE), OnExisting.UPDATE))
                .isEqualTo(result(ImportResult.EXISTING, ONE));
    }

    @Test
    void another_uuid_of_the_same_system_is_another_user_in_spite_of_the_number() {
        ImportedUser han = han().id(ONE).uuid(GIVEN).build();
        assertThat(ImportMatch.of(han, found(numbered("old", Kept.NUMBER, Kept.UUID), null), OnExisting.UPDATE))
                .isEqualTo(result(ImportResult.NUMBER_TAKEN, null));
        assertThat(ImportMatch.of(
                        han, found(new Numbered(ONE, DERIVED, origin("old", Kept.NUMBER)), null), OnExisting.UPDATE))
                .isEqualTo(result(ImportResult.NUMBER_TAKEN, null));
        assertThat(ImportMatch.of(
                        han,
                        found(new Numbered(ONE, GIVEN, origin("old", Kept.NUMBER, Kept.UUID)), null),
                        OnExisting.UPDATE))
                .isEqualTo(result(ImportResult.EXISTING, ONE));
    }

    @Test
    void a_random_uuid_of_this_store_is_unknown_to_the_old_system_and_proves_nothing() {
        ImportedUser han = han().id(ONE).uuid(GIVEN).build();
        assertThat(ImportMatch.of(han, found(numbered("old", Kept.NUMBER), null), OnExisting.UPDATE))
                .isEqualTo(result(ImportResult.EXISTING, ONE));
    }

    private static ImportedUser.Builder han() {
        return ImportedUser.builder(RANDOM).system("old").email(Identifier.typed("han@example.com"));
    }

    private static Origin origin(String system, Kept... kept) {
        return new Origin(STORED, STORED, STORED, system, Set.of(kept));
    }

    private static Numbered numbered(String system, Kept... kept) {
        return new Numbered(ONE, RANDOM, origin(system, kept));
    }

    private static Found found(@Nullable Numbered number, @Nullable UserId uuid, UserId... names) {
        return new Found(number, uuid, Set.of(names));
    }

    private static ImportMatch result(ImportResult result, @Nullable UserId existing) {
        return new ImportMatch(result, existing);
    }
}
