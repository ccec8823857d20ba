package dev.countersign.testkit.contract;

import static dev.countersign.testkit.contract.SampleUsers.CREATED;
import static dev.countersign.testkit.contract.SampleUsers.LATER;
import static dev.countersign.testkit.contract.SampleUsers.email;
import static dev.countersign.testkit.contract.SampleUsers.longestEmail;
import static dev.countersign.testkit.contract.SampleUsers.named;
import static dev.countersign.testkit.contract.SampleUsers.username;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.json.JsonObject;
import dev.countersign.json.text.JsonSyntaxException;
import dev.countersign.json.text.JsonText;
import dev.countersign.port.UserStore;
import dev.countersign.user.Identifier;
import dev.countersign.user.Login;
import dev.countersign.user.NewUser;
import dev.countersign.user.StoreResult;
import dev.countersign.user.User;
import dev.countersign.user.UserId;
import dev.countersign.user.UserKey;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of values at the limits of a user store; part of {@link UserStoreContract}. */
abstract class UserStoreEdges {

    /** {@return the store under test; empty at the start of each test, and the same at each call during it} */
    protected abstract UserStore store();

    /**
     * Creates an empty store that numbers its users from a given number.
     *
     * @param first the number of its first user
     * @return the store; empty if the numbers cannot be chosen
     */
    protected Optional<UserStore> storeNumberingFrom(long first) {
        return Optional.empty();
    }

    final User stored(NewUser user) {
        return stored(store().insert(user));
    }

    static User stored(StoreResult result) {
        assertThat(result).isInstanceOf(StoreResult.Stored.class);
        return ((StoreResult.Stored) result).user();
    }

    final User read(UserId id) {
        return store().find(new UserKey.ById(id)).orElseThrow().user();
    }

    final Optional<User> byEmail(String typed) {
        return store().find(new UserKey.ByEmail(Identifier.typed(typed))).map(found -> found.user());
    }

    final Optional<User> byUsername(String typed) {
        return store().find(new UserKey.ByUsername(Identifier.typed(typed))).map(found -> found.user());
    }

    @ParameterizedTest
    @CsvSource({
        "han@example.com, HAN@EXAMPLE.COM",
        "straße@example.com, STRASSE@example.com",
        "ΟΔΥΣΣΕΥΣ@example.com, οδυσσευς@example.com",
        "İstanbul@example.com, i̇STANBUL@example.com",
        "ILICA@example.com, ilica@example.com",
        "😀𐐀@example.com, 😀𐐨@example.com",
        "e\u0301@example.com, É@example.com",
        "anna@münchen.example, ANNA@XN--MNCHEN-3YA.example",
        "anna@xn--mnchen-3ya.example, anna@MÜNCHEN。example.",
        "anna@example.com., Anna@ＥＸＡＭＰＬＥ.com",
    })
    void identifiers_are_compared_by_their_folded_form_and_kept_as_typed(String typed, String other) {
        User user = stored(SampleUsers.of(email(typed), username(typed), JsonObject.EMPTY, CREATED));
        assertThat(byEmail(other).orElseThrow().id()).isEqualTo(user.id());
        assertThat(byUsername(other).orElseThrow().id()).isEqualTo(user.id());
        assertThat(byEmail(other).orElseThrow().email()).hasToString(typed);
        assertThat(byUsername(other).orElseThrow().username()).hasToString(typed);
        assertThat(store().insert(named(other, other))).isEqualTo(new StoreResult.Taken());
    }

    @Test
    void domains_that_the_dns_tells_apart_are_different() {
        User one = stored(named("anna@faß.example", null));
        User other = stored(named("anna@fass.example", null));
        assertThat(byEmail("anna@xn--fa-hia.example")).contains(one);
        assertThat(byEmail("ANNA@FASS.example.")).contains(other);
    }

    @Test
    void dotted_and_dotless_i_are_different_letters() {
        User dotted = stored(named("İ@example.com", null));
        User plain = stored(named("i@example.com", null));
        User dotless = stored(named("ı@example.com", null));
        assertThat(byEmail("İ@example.com")).contains(dotted);
        assertThat(byEmail("I@example.com")).contains(plain);
        assertThat(byEmail("ı@example.com")).contains(dotless);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "ß", "ΐ", "😀"})
    void identifiers_of_320_characters_are_kept_and_found(String letter) {
        String address = longestEmail(letter);
        User user = stored(named(address, letter.repeat(320)));
        assertThat(byEmail(address)).contains(user);
        assertThat(byUsername(letter.repeat(320))).contains(user);
        assertThat(read(user.id()).email()).hasToString(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u0000", "a\u0000b@example.com", "\ud83d@example.com", "%", "' or '1'='1"})
    void what_could_not_be_stored_or_is_not_there_finds_nobody(String typed) {
        stored(named("han@example.com", null));
        stored(named(null, "han"));
        assertThat(byEmail(typed)).isEmpty();
        assertThat(byUsername(typed)).isEmpty();
        assertThat(byUsername("x".repeat(321))).isEmpty();
    }

    @Test
    void a_username_that_is_a_number_stays_one() {
        User number = stored(SampleUsers.of(null, Identifier.username(9007199254740993L), JsonObject.EMPTY, CREATED));
        User text = stored(named(null, "42"));
        assertThat(read(number.id()).username()).returns(true, Identifier::isNumber);
        assertThat(read(text.id()).username()).returns(false, Identifier::isNumber);
        assertThat(byUsername("9007199254740993")).contains(number);
        User changed = stored(store().update(SampleUsers.changed(text, null, Identifier.username(42)), null));
        assertThat(changed.username()).returns(true, Identifier::isNumber);
        assertThat(read(text.id()).username()).returns(true, Identifier::isNumber);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"z\":1,\"a\":null,\"m\":{\"y\":[true,false,\"1\",1,{}],\"b\":[]},\"\":\"\"}",
                "{\"big\":9223372036854775807,\"bigger\":123456789012345678901234567890,\"pi\":3.14159265358979323846,\"e\":1E+400}",
                "{\"text\":\"😀 \\u0000 \\\" \\\\ \\n \\u2028 ß\",\"😀\":\"'; drop table users --\"}",
                "{\"high\":\"\\ud83d\",\"low\":\"\\ude00!\",\"swapped\":\"\\ude00\\ud83d\"}",
            })
    void attributes_keep_types_nesting_and_key_order(String json) throws JsonSyntaxException {
        JsonObject attributes = (JsonObject) JsonText.read(json);
        User user = stored(SampleUsers.of(email("han@example.com"), null, attributes, CREATED));
        assertThat(read(user.id()).attributes()).isEqualTo(attributes);
        assertThat(read(user.id()).attributes().toString()).isEqualTo(attributes.toString());
        User emptied = stored(store().update(SampleUsers.changed(user, JsonObject.EMPTY), null));
        User changed = stored(store().update(SampleUsers.changed(emptied, attributes), null));
        assertThat(changed.attributes().toString()).isEqualTo(attributes.toString());
        assertThat(read(user.id()).attributes().toString()).isEqualTo(attributes.toString());
    }

    @Test
    void attributes_of_64_kib_survive() throws JsonSyntaxException {
        StringBuilder json =
                new StringBuilder("{\"text\":\"").append("ß😀".repeat(5_000)).append("\",\"list\":[0");
        for (int i = 1; json.length() < 65_536; i++) {
            json.append(",{\"k").append(i).append("\":").append(i).append('}');
        }
        JsonObject attributes = (JsonObject) JsonText.read(json.append("]}").toString());
        User user = stored(SampleUsers.of(email("han@example.com"), null, attributes, CREATED));
        assertThat(read(user.id()).attributes()).isEqualTo(attributes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00Z",
                "1969-12-31T23:59:59.999999Z",
                "0001-01-01T00:00:00.000001Z",
                "2038-01-19T03:14:08.000001Z",
                "2024-10-27T02:30:00.654321Z",
                "9999-12-31T23:59:59.999999Z",
            })
    void instants_survive_to_the_microsecond(String text) {
        Instant instant = Instant.parse(text);
        User user = stored(SampleUsers.of(email("han@example.com"), null, JsonObject.EMPTY, instant));
        assertThat(user.createdAt()).isEqualTo(instant);
        assertThat(store().recordLogin(Login.of(user, instant)).orElseThrow().lastLoginAt())
                .isEqualTo(instant);
        store().recordLogin(Login.of(user, LATER));
        User read = read(user.id());
        assertThat(read.createdAt()).isEqualTo(instant);
        assertThat(read.lastLoginAt()).isEqualTo(LATER);
        assertThat(read.previousLoginAt()).isEqualTo(instant);
    }

    @Test
    void numbers_beyond_two_to_the_53_are_exact() {
        long first = (1L << 53) + 1;
        storeNumberingFrom(first).ifPresent(store -> {
            User one = stored(store.insert(named("han@example.com", null)));
            User two = stored(store.insert(named("leia@example.com", null)));
            assertThat(one.id()).isEqualTo(new UserId(first));
            assertThat(two.id()).isEqualTo(new UserId(first + 1));
            assertThat(store.find(new UserKey.ById(two.id())).orElseThrow().user())
                    .isEqualTo(two);
            assertThat(store.page(one.id(), 10)).containsExactly(two);
        });
    }
}
