package dev.countersign.testkit.contract;

import static dev.countersign.testkit.contract.SampleUsers.HASH;
import static dev.countersign.testkit.contract.SampleUsers.LATER;
import static dev.countersign.testkit.contract.SampleUsers.email;
import static dev.countersign.testkit.contract.SampleUsers.longestEmail;
import static dev.countersign.testkit.contract.SampleUsers.newUuid;
import static dev.countersign.testkit.contract.SampleUsers.username;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.json.JsonObject;
import dev.countersign.json.text.JsonSyntaxException;
import dev.countersign.json.text.JsonText;
import dev.countersign.port.BulkUserStore;
import dev.countersign.port.UserStore;
import dev.countersign.user.Identifier;
import dev.countersign.user.ImportResult;
import dev.countersign.user.ImportedUser;
import dev.countersign.user.OnExisting;
import dev.countersign.user.StoredUser;
import dev.countersign.user.User;
import dev.countersign.user.UserId;
import dev.countersign.user.UserKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of values at the limits of an import; part of {@link BulkUserStoreContract}. */
abstract class BulkUserStoreEdges {

    /** {@return the store under test; empty at the start of each test, with the same users at each call during it} */
    protected abstract BulkUserStore bulk();

    /** {@return the same users as a user store} */
    protected abstract UserStore users();

    @ParameterizedTest
    @CsvSource({
        "straße@example.com, STRASSE@example.com",
        "ΟΔΥΣΣΕΥΣ@example.com, οδυσσευς@example.com",
        "İstanbul@example.com, i̇STANBUL@example.com",
        "😀𐐀@example.com, 😀𐐨@example.com",
    })
    void an_imported_user_is_known_again_by_the_folded_form(String typed, String other) {
        assertThat(stored(email(typed), null, JsonObject.EMPTY, LATER)).isEqualTo(ImportResult.ADDED);
        assertThat(stored(email(other), null, JsonObject.EMPTY, LATER)).isEqualTo(ImportResult.EXISTING);
        assertThat(users().find(new UserKey.ByEmail(Identifier.typed(other)))
                        .orElseThrow()
                        .user()
                        .email())
                .hasToString(typed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "ß", "ΐ", "😀"})
    void imported_identifiers_of_320_characters_are_kept_and_found(String letter) {
        String address = longestEmail(letter);
        assertThat(stored(email(address), username(letter.repeat(320)), JsonObject.EMPTY, LATER))
                .isEqualTo(ImportResult.ADDED);
        User user = only();
        assertThat(user.email()).hasToString(address);
        assertThat(users().find(new UserKey.ByUsername(username(letter.repeat(320))))
                        .map(StoredUser::user))
                .contains(user);
    }

    @Test
    void imported_attributes_of_64_kib_survive_with_all_characters_new_and_changed() throws JsonSyntaxException {
        StringBuilder json = new StringBuilder("{\"halves\":\"\\ud83d \\u0000\",\"text\":\"")
                .append("ß😀".repeat(5_000))
                .append("\",\"list\":[0");
        for (int i = 1; json.length() < 65_536; i++) {
            json.append(",{\"k").append(i).append("\":null}");
        }
        JsonObject attributes = (JsonObject) JsonText.read(json.append("]}").toString());
        stored(email("han@example.com"), null, attributes, LATER);
        assertThat(only().attributes().toString()).isEqualTo(attributes.toString());
        JsonObject more = attributes.with("more", attributes);
        assertThat(bulk().store(List.of(user(email("han@example.com"), null, more, LATER)), OnExisting.UPDATE, LATER))
                .containsExactly(ImportResult.UPDATED);
        assertThat(only().attributes().toString()).isEqualTo(more.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1969-12-31T23:59:59.999999Z",
                "0001-01-01T00:00:00.000001Z",
                "2024-10-27T02:30:00.654321Z",
                "9999-12-31T23:59:59.999999Z",
            })
    void imported_instants_survive_to_the_microsecond(String text) {
        Instant instant = Instant.parse(text);
        stored(email("han@example.com"), null, JsonObject.EMPTY, instant);
        User user = only();
        assertThat(user.createdAt()).isEqualTo(instant);
        assertThat(user.updatedAt()).isEqualTo(instant);
        assertThat(user.lastLoginAt()).isEqualTo(instant);
        assertThat(user.previousLoginAt()).isEqualTo(instant);
        assertThat(user.passwordChangedAt()).isEqualTo(instant);
    }

    @Test
    void a_row_that_is_not_added_takes_no_name_from_the_next() {
        List<ImportedUser> batch = List.of(
                named(null, "chain@example.com", "one"),
                named(null, "other@example.com", "one"),
                named(null, "other@example.com", "two"));

        assertThat(bulk().preview(batch, OnExisting.SKIP))
                .containsExactly(ImportResult.ADDED, ImportResult.EXISTING, ImportResult.ADDED);
        List<ImportResult> stored = bulk().store(batch, OnExisting.SKIP, LATER);

        assertThat(stored.get(0)).isEqualTo(ImportResult.ADDED);
        assertThat(stored.get(1)).isIn(ImportResult.EXISTING, ImportResult.AMBIGUOUS);
        assertThat(stored.get(2)).isEqualTo(ImportResult.ADDED);
        assertThat(bulk().page(null, 10))
                .hasSize(2)
                .allMatch(user -> HASH.equals(user.hash()))
                .extracting(user -> user.user().username())
                .containsExactly(username("one"), username("two"));
    }

    @Test
    void a_row_whose_number_is_taken_in_the_batch_takes_no_name_from_the_next() {
        List<ImportedUser> batch = List.of(
                named(new UserId(50), "chain@example.com", "one").toBuilder()
                        .uuid(newUuid())
                        .build(),
                named(new UserId(50), "other@example.com", null).toBuilder()
                        .uuid(newUuid())
                        .build(),
                named(null, "other@example.com", "two"));

        assertThat(bulk().preview(batch, OnExisting.SKIP))
                .containsExactly(ImportResult.ADDED, ImportResult.NUMBER_TAKEN, ImportResult.ADDED);
        assertThat(bulk().store(batch, OnExisting.SKIP, LATER).get(2)).isEqualTo(ImportResult.ADDED);
        assertThat(bulk().page(null, 10)).hasSize(2);
    }

    @Test
    void a_kept_number_below_the_highest_takes_no_number_back() {
        for (long number : new long[] {50, 20, 300_000, 70}) {
            bulk().store(List.of(named(new UserId(number), null, "user" + number)), OnExisting.SKIP, LATER);
            bulk().store(List.of(named(null, null, "next" + number)), OnExisting.SKIP, LATER);
        }
        assertThat(users().page(null, 20))
                .extracting(user -> user.id().value())
                .containsExactly(20L, 50L, 51L, 52L, 70L, 300_000L, 300_001L, 300_002L);
    }

    private static ImportedUser named(@Nullable UserId id, @Nullable String email, @Nullable String username) {
        return SampleImports.named(email, username, null).toBuilder()
                .id(id)
                .hash(HASH)
                .build();
    }

    private User only() {
        assertThat(bulk().page(null, 10)).hasSize(1);
        return bulk().page(null, 10).get(0).user();
    }

    private ImportResult stored(
            @Nullable Identifier email, @Nullable Identifier username, JsonObject attributes, Instant times) {
        return bulk().store(List.of(user(email, username, attributes, times)), OnExisting.SKIP, LATER)
                .get(0);
    }

    private static ImportedUser user(
            @Nullable Identifier email, @Nullable Identifier username, JsonObject attributes, Instant times) {
        return ImportedUser.builder(newUuid())
                .email(email)
                .username(username)
                .attributes(attributes)
                .hash(HASH)
                .createdAt(times)
                .updatedAt(times)
                .lastLoginAt(times)
                .previousLoginAt(times)
                .passwordChangedAt(times)
                .build();
    }
}
