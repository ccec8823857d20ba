package dev.countersign.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonPointer;
import dev.countersign.json.text.JsonSyntaxException;
import dev.countersign.json.text.JsonText;
import dev.countersign.user.Identifier;
import dev.countersign.user.UserId;
import dev.countersign.user.UserKey;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectClaimTest {

    private static final String ID = "a52ee085-ff47-4ee1-bac3-a8a319f674ed";

    @ParameterizedTest
    @CsvSource({
        "true,'\"113123\"',113123",
        "false,113123,113123",
        "false,9007199254740993,9007199254740993",
        "true,'\"9223372036854775807\"',9223372036854775807"
    })
    void a_number_names_a_user(boolean asString, String json, long id) throws JsonSyntaxException {
        assertThat(key(SubjectClaim.Names.ID, asString, json)).contains(new UserKey.ById(new UserId(id)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "true;1",
                "false;\"1\"",
                "true;\"01\"",
                "true;\"+1\"",
                "true;\"-1\"",
                "true;\"0\"",
                "true;\"\"",
                "true;\" 1\"",
                "true;\"1.0\"",
                "true;\"1e3\"",
                "true;\"９\"",
                "true;\"9223372036854775808\"",
                "true;\"99999999999999999999\"",
                "false;0",
                "false;-1",
                "false;1.5",
                "false;1e30",
                "true;null",
                "false;null",
                "true;true",
                "true;[\"1\"]",
                "true;{}"
            })
    void anything_else_names_nobody(boolean asString, String json) throws JsonSyntaxException {
        assertThat(key(SubjectClaim.Names.ID, asString, json)).isEmpty();
    }

    @Test
    void a_uuid_names_a_user_in_one_spelling() throws JsonSyntaxException {
        assertThat(key(SubjectClaim.Names.UUID, true, "\"" + ID + "\""))
                .contains(new UserKey.ByUuid(UUID.fromString(ID)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A52EE085-FF47-4EE1-BAC3-A8A319F674ED",
                "1-1-1-1-1",
                "",
                "a52ee085ff474ee1bac3a8a319f674ed",
                "{a52ee085-ff47-4ee1-bac3-a8a319f674ed}"
            })
    void another_spelling_of_a_uuid_names_nobody(String text) throws JsonSyntaxException {
        assertThat(key(SubjectClaim.Names.UUID, true, "\"" + text + "\"")).isEmpty();
    }

    @Test
    void an_address_or_a_username_names_a_user() throws JsonSyntaxException {
        assertThat(key(SubjectClaim.Names.EMAIL, true, "\"HAN@example.com\""))
                .contains(new UserKey.ByEmail(Identifier.typed("han@example.com")));
        assertThat(key(SubjectClaim.Names.USERNAME, false, "\"han\""))
                .contains(new UserKey.ByUsername(Identifier.typed("han")));
        assertThat(key(SubjectClaim.Names.USERNAME, false, "42"))
                .contains(new UserKey.ByUsername(Identifier.typed("42")));
        assertThat(key(SubjectClaim.Names.USERNAME, true, "42")).isEmpty();
        assertThat(key(SubjectClaim.Names.EMAIL, true, "42")).isEmpty();
    }

    @Test
    void an_absent_claim_names_nobody() {
        SubjectClaim claim = new SubjectClaim(JsonPointer.parse("/sub"), SubjectClaim.Names.ID, true);
        assertThat(claim.key(new Claims(JsonObject.EMPTY, JsonObject.EMPTY))).isEmpty();
    }

    private static Optional<UserKey> key(SubjectClaim.Names names, boolean asString, String json)
            throws JsonSyntaxException {
        SubjectClaim claim = new SubjectClaim(JsonPointer.parse("/user/id"), names, asString);
        JsonObject user = JsonObject.EMPTY.with("id", JsonText.read(json));
        return claim.key(new Claims(JsonObject.EMPTY, JsonObject.EMPTY.with("user", user)));
    }
}
