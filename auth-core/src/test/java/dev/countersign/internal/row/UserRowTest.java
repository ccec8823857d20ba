package dev.countersign.internal.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import dev.countersign.AuthFault;
import dev.countersign.json.Json;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.text.JsonSyntaxException;
import dev.countersign.json.text.JsonText;
import dev.countersign.password.PasswordHash;
import dev.countersign.user.Identifier;
import dev.countersign.user.Kept;
import dev.countersign.user.NewUser;
import dev.countersign.user.Origin;
import dev.countersign.user.StoredUser;
import dev.countersign.user.User;
import dev.countersign.user.UserId;
import dev.countersign.user.UserKey;
import dev.countersign.user.UserStatus;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserRowTest {

    private static final UUID UUID_8 = new UUID(8, 8);
    private static final Instant CREATED = Instant.parse("1969-12-31T23:59:59.999999Z");
    private static final NewUser HAN = new NewUser(
            UUID_8,
            Identifier.email("Straße@example.com").orElseThrow(),
            Identifier.username(42),
            UserStatus.DISABLED,
            JsonObject.EMPTY,
            PasswordHash.of("$2b$12$quibble"),
            CREATED);

    @Test
    void a_new_user_is_plain_values_without_the_hash() {
        assertThat(UserRow.of(HAN))
                .containsEntry("uuid", UUID_8.toString())
                .containsEntry("email", "Straße@example.com")
                .containsEntry("email_folded", "strasse@example.com")
                .containsEntry("username", "42")
                .containsEntry("username_number", 1)
                .containsEntry("status", "DISABLED")
                .containsEntry("attributes", "{}")
                .containsEntry("created_at", -1L)
                .containsEntry("token_issued_at", -1L)
                .containsEntry("stored_at", -1L)
                .containsEntry("email_since", -1L)
                .containsEntry("username_since", -1L)
                .containsEntry("kept", null)
                .containsEntry("origin_system", null)
                .hasSize(15);
        assertThat(UserRow.of(HAN).toString()).doesNotContain("quibble");
    }

    @Test
    void a_row_is_a_user_again_whatever_types_the_database_has() {
        User user = User.builder(new UserId(7), UUID_8, CREATED)
                .email(HAN.email())
                .username(HAN.username())
                .status(HAN.status())
                .attributes(HAN.attributes())
                .passwordChangedAt(Instant.EPOCH)
                .origin(new Origin(
                        CREATED,
                        CREATED.minusSeconds(1),
                        CREATED.minusSeconds(2),
                        "old",
                        EnumSet.of(Kept.NUMBER, Kept.EMAIL)))
                .version(3)
                .build();
        Map<String, Object> row = new HashMap<>(UserRow.of(user));
        row.put("id", 7);
        row.put("uuid", UUID_8);
        row.put("username_number", true);
        row.put("version", BigDecimal.valueOf(3));
        assertThat(UserRow.read(row::get)).isEqualTo(new StoredUser(user, null));
        row.put("password_hash", "$2b$12$quibble");
        assertThat(UserRow.read(row::get)).isEqualTo(new StoredUser(user, HAN.hash()));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "NULL",
            value = {
                "uuid,quibble",
                "uuid,NULL",
                "status,quibble",
                "attributes,[]",
                "attributes,quibble",
                "attributes,NULL",
                "created_at,quibble",
                "created_at,NULL",
                "version,quibble",
                "email,NULL",
                "updated_at,quibble",
                "username,quibble"
            })
    void what_is_no_user_is_a_fault_that_quotes_nothing(String name, String value) {
        Map<String, Object> row = new HashMap<>(UserRow.of(HAN));
        row.put("id", 7L);
        row.put("version", 1L);
        row.put(name, value);
        if (name.equals("email")) {
            row.put("username", null);
        }
        assertThatThrownBy(() -> UserRow.read(row::get))
                .isInstanceOf(AuthFault.class)
                .hasMessageStartingWith(
                        name.equals("id") ? "a stored user cannot be read: its id" : "the stored user 7 ")
                .hasMessageContaining(name)
                .hasMessageNotContaining("java")
                .satisfies(fault ->
                        assertThat(fault.getMessage() + fault.getCause()).doesNotContain("quibble"));
    }

    @Test
    void a_key_is_compared_with_the_value_of_its_name() {
        Map<String, Object> row = UserRow.of(HAN);
        for (UserKey key : ImmutableList.of(
                new UserKey.ByUuid(UUID_8),
                new UserKey.ByEmail(Identifier.typed("STRASSE@example.com")),
                new UserKey.ByUsername(Identifier.typed("42")))) {
            assertThat(row).containsEntry(UserRow.name(key), UserRow.value(key));
        }
        UserKey byId = new UserKey.ById(new UserId(7));
        assertThat(UserRow.name(byId)).isEqualTo("id");
        assertThat(UserRow.value(byId)).isEqualTo(7L);
    }

    @Test
    void attributes_that_could_not_be_read_again_are_not_written() {
        Json deep = JsonObject.EMPTY;
        for (int i = 1; i < 32; i++) {
            deep = new JsonArray(ImmutableList.of(deep));
        }
        Json deepest = deep;
        assertThat(AttributeText.readValue(AttributeText.write(deepest))).isEqualTo(deepest);
        assertThatThrownBy(() -> AttributeText.write(new JsonArray(ImmutableList.of(deepest))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void half_a_character_is_kept_in_a_value_and_refused_in_a_name() {
        Json value = JsonObject.of(Map.of("name", new JsonString("\ud800")));
        Json name = JsonObject.of(Map.of("a", JsonObject.of(Map.of("\udfff", new JsonString("")))));
        assertThat(AttributeText.readValue(AttributeText.write(value))).isEqualTo(value);
        assertThatThrownBy(() -> AttributeText.write(name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> JsonText.read(JsonText.write(name))).isInstanceOf(JsonSyntaxException.class);
    }
}
