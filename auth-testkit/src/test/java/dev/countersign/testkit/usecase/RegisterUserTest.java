package dev.countersign.testkit.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.Auth;
import dev.countersign.json.Json;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.password.RawPassword;
import dev.countersign.port.UserStore;
import dev.countersign.testkit.fake.InMemoryUnitOfWork;
import dev.countersign.testkit.fixture.MutableClock;
import dev.countersign.usecase.LogIn;
import dev.countersign.usecase.RegisterUser;
import dev.countersign.usecase.Registration;
import dev.countersign.user.StoreResult;
import dev.countersign.user.User;
import dev.countersign.user.UserField;
import dev.countersign.user.UserField.Problem;
import dev.countersign.user.UserFlaw;
import dev.countersign.user.UserStatus;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegisterUserTest {

    private static final String PASSWORD = "chewie, we're home";

    private final SampleAuth sample = new SampleAuth();

    @Test
    void a_registered_user_is_stored_as_typed_and_can_log_in() {
        sample.clock.advance(Duration.ofNanos(1_234_567_899));
        JsonObject attributes = (JsonObject) SampleAuth.json("{\"z\":[1,null],\"a\":{\"b\":\"c\"}}");
        User user = registered("Leia@Example.com", new JsonString("Leia"), attributes, PASSWORD);
        assertThat(user.email()).hasToString("Leia@Example.com");
        assertThat(user.username()).hasToString("Leia");
        assertThat(user.attributes()).isEqualTo(attributes);
        assertThat(user.status()).isEqualTo(UserStatus.ACTIVE);
        assertThat(user.createdAt()).isEqualTo(MutableClock.START.plusSeconds(1).plusNanos(234_567_000));
        assertThat(user.updatedAt()).isNull();
        assertThat(user.passwordChangedAt()).isNull();
        assertThat(user.uuid().version()).isEqualTo(4);
        assertThat(user.uuid().variant()).isEqualTo(2);
        assertThat(sample.find(user).user()).isEqualTo(user);
        assertThat(sample.logIn("leia@example.com", PASSWORD)).isInstanceOf(LogIn.Outcome.LoggedIn.class);
    }

    private RegisterUser over(UserStore users) {
        return new RegisterUser(users, sample.hasher, SampleAuth.policy(), sample.clock, sample.random);
    }

    /** The sample store, but for one method; the names of all calls are added to a list. */
    private UserStore answering(String name, Object answer, List<String> calls) {
        return (UserStore) Proxy.newProxyInstance(
                UserStore.class.getClassLoader(), new Class<?>[] {UserStore.class}, (proxy, method, arguments) -> {
                    calls.add(method.getName());
                    return method.getName().equals(name) ? answer : method.invoke(sample.memory, arguments);
                });
    }

    @Test
    void attributes_that_would_make_a_token_too_long_are_refused_without_a_hash() {
        assertThat(over(sample.memory)
                        .fitting(user -> false)
                        .handle(Registration.ofEmail("leia@example.com", RawPassword.of(PASSWORD))))
                .isEqualTo(new RegisterUser.Outcome.Rejected(
                        List.of(new Problem(UserField.ATTRIBUTES, UserFlaw.TOO_LONG))));
        assertThat(sample.hasher.hashes()).isZero();
    }

    @Test
    void a_name_that_is_taken_whenever_it_is_stored_and_free_whenever_it_is_looked_up_is_given_up() {
        List<String> calls = new ArrayList<>();
        assertThat(over(answering("insert", new StoreResult.Taken(), calls))
                        .handle(Registration.ofEmail("leia@example.com", RawPassword.of(PASSWORD))))
                .isEqualTo(new RegisterUser.Outcome.Contended());
        assertThat(calls).filteredOn("insert"::equals).hasSize(10);
        assertThat(sample.hasher.hashes()).isEqualTo(1);
    }

    @Test
    void a_store_decides_which_names_it_can_hold() {
        Registration registration = Registration.builder(RawPassword.of(PASSWORD))
                .username(new JsonString("leia"))
                .email("leia@example.com")
                .build();
        assertThat(over(answering("accepts", false, new ArrayList<>())).handle(registration))
                .isEqualTo(new RegisterUser.Outcome.Rejected(List.of(
                        new Problem(UserField.EMAIL, UserFlaw.MALFORMED),
                        new Problem(UserField.USERNAME, UserFlaw.MALFORMED))));
        assertThat(over(sample.memory)
                        .handle(Registration.builder(RawPassword.of(PASSWORD))
                                .username("leia")
                                .email("leia@example.com")
                                .build()))
                .isInstanceOfSatisfying(
                        RegisterUser.Outcome.Registered.class,
                        done -> assertThat(done.user().username()).hasToString("leia"));
    }

    @Test
    void a_registration_costs_one_hash_and_one_insertion() {
        sample.register("leia@example.com", PASSWORD);
        assertThat(sample.hasher.hashes()).isEqualTo(1);
        assertThat(sample.users.calls()).containsExactly("insert");
    }

    @Test
    void what_the_application_stores_with_a_user_is_stored_with_every_new_one() {
        List<User> customers = new ArrayList<>();
        List<User> readers = new ArrayList<>();
        InMemoryUnitOfWork unit = new InMemoryUnitOfWork(sample.memory);
        Auth auth = sample.builder()
                .onRegistration(unit, customers::add)
                .onRegistration(unit, readers::add)
                .build();
        assertThat(register(auth, "leia@example.com")).isInstanceOf(RegisterUser.Outcome.Registered.class);
        assertThat(register(auth, "han@example.com")).isInstanceOf(RegisterUser.Outcome.Rejected.class);
        assertThat(customers)
                .singleElement()
                .satisfies(leia -> assertThat(sample.find(leia).user().email()).hasToString("leia@example.com"));
        assertThat(readers).isEqualTo(customers);
    }

    @Test
    void no_user_is_stored_without_what_the_application_stores_with_it() {
        Auth auth = sample.builder()
                .onRegistration(new InMemoryUnitOfWork(sample.memory), user -> {
                    throw new IllegalArgumentException("no customers today");
                })
                .build();
        assertThatThrownBy(() -> register(auth, "leia@example.com")).hasMessage("no customers today");
        assertThat(sample.memory.page(null, 10)).containsExactly(sample.han);
    }

    private static RegisterUser.Outcome register(Auth auth, String email) {
        try (RawPassword password = RawPassword.of(PASSWORD)) {
            return auth.register(Registration.ofEmail(email, password));
        }
    }

    @Test
    void a_username_alone_is_enough_and_may_be_a_number() {
        assertThat(registered(null, new JsonString("leia"), JsonObject.EMPTY, PASSWORD)
                        .email())
                .isNull();
        User number = registered(null, JsonNumber.of(9_007_199_254_740_993L), JsonObject.EMPTY, PASSWORD);
        assertThat(number.username()).hasToString("9007199254740993");
        assertThat(number.username().isNumber()).isTrue();
    }

    @Test
    void an_address_may_be_the_username_too() {
        User user = registered("leia@example.com", new JsonString("LEIA@example.com"), JsonObject.EMPTY, PASSWORD);
        assertThat(user.username()).hasToString("LEIA@example.com");
    }

    @ParameterizedTest
    @CsvSource({"HAN@EXAMPLE.COM,leia,EMAIL", "leia@example.com,HAN,USERNAME"})
    void taken_identifiers_are_refused_in_any_case(String email, String username, UserField field) {
        assertRejected(email, new JsonString(username), PASSWORD, new Problem(field, UserFlaw.TAKEN));
    }

    @Test
    void both_taken_identifiers_are_told() {
        assertRejected(
                "han@example.com",
                new JsonString("han"),
                PASSWORD,
                new Problem(UserField.EMAIL, UserFlaw.TAKEN),
                new Problem(UserField.USERNAME, UserFlaw.TAKEN));
    }

    @Test
    void one_taken_from_each_of_two_users_is_told_as_both() {
        sample.memory.insert(SampleUsers.leia(null));
        assertRejected(
                "han@example.com",
                new JsonString("leia"),
                PASSWORD,
                new Problem(UserField.EMAIL, UserFlaw.TAKEN),
                new Problem(UserField.USERNAME, UserFlaw.TAKEN));
    }

    @Test
    void an_address_given_back_meanwhile_is_free() {
        sample.users.afterInsert(() -> sample.memory.delete(sample.han.id()));
        assertThat(registered("han@example.com", null, JsonObject.EMPTY, PASSWORD)
                        .id())
                .isNotEqualTo(sample.han.id());
        assertThat(sample.users.calls()).containsExactly("insert", "find", "insert");
    }

    @Test
    void everything_wrong_is_told_at_once_and_nothing_is_hashed_or_stored() {
        assertRejected(
                "no address",
                new JsonString(" leia"),
                "short",
                new Problem(UserField.EMAIL, UserFlaw.MALFORMED),
                new Problem(UserField.USERNAME, UserFlaw.MALFORMED),
                new Problem(UserField.PASSWORD, UserFlaw.TOO_SHORT));
        assertThat(sample.hasher.hashes()).isZero();
        assertThat(sample.users.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"null", "true", "1.5", "1e30", "[]", "{}", "\"\"", "\"other@example.com\"", "\"a\\u0000b\""})
    void what_is_no_username_is_refused(String json) {
        assertRejected(
                "leia@example.com",
                SampleAuth.json(json),
                PASSWORD,
                new Problem(UserField.USERNAME, UserFlaw.MALFORMED));
    }

    @Test
    void somebody_without_any_name_is_refused() {
        assertRejected(null, null, PASSWORD, new Problem(UserField.EMAIL, UserFlaw.ABSENT));
    }

    @ParameterizedTest
    @CsvSource({
        "password1,TOO_COMMON",
        "short,TOO_SHORT",
        "leia@example.com,LIKE_IDENTIFIER",
        "LEIA@EXAMPLE.COM,LIKE_IDENTIFIER",
        "leiaorgana,LIKE_IDENTIFIER",
        "'',TOO_SHORT"
    })
    void bad_passwords_are_refused(String password, UserFlaw flaw) {
        assertRejected(
                "leia@example.com", new JsonString("LeiaOrgana"), password, new Problem(UserField.PASSWORD, flaw));
    }

    @ParameterizedTest
    @ValueSource(strings = {"long enough\0", "\uD800 long enough"})
    void malformed_passwords_are_refused(String password) {
        assertRejected("leia@example.com", null, password, new Problem(UserField.PASSWORD, UserFlaw.MALFORMED));
    }

    @Test
    void passwords_beyond_what_the_hasher_reads_are_refused_with_the_reason() {
        Problem tooLong = new Problem(UserField.PASSWORD, UserFlaw.TOO_LONG);
        Problem bytes = new Problem(UserField.PASSWORD, UserFlaw.TOO_MANY_BYTES);
        assertRejected("leia@example.com", null, "é".repeat(37), bytes);
        assertRejected("leia@example.com", null, "🐎".repeat(19), bytes);
        assertRejected("leia@example.com", null, "x".repeat(65), tooLong);
        assertRejected("leia@example.com", null, "x".repeat(1_000_000), tooLong);
        assertThat(sample.register("leia@example.com", "é".repeat(36)))
                .isInstanceOf(RegisterUser.Outcome.Registered.class);
    }

    private User registered(@Nullable String email, @Nullable Json username, JsonObject attributes, String password) {
        RegisterUser.Outcome outcome = sample.auth.register(registration(email, username, attributes, password));
        return ((RegisterUser.Outcome.Registered) outcome).user();
    }

    private void assertRejected(@Nullable String email, @Nullable Json username, String password, Problem... problems) {
        RegisterUser.Outcome outcome = sample.auth.register(registration(email, username, JsonObject.EMPTY, password));
        assertThat(((RegisterUser.Outcome.Rejected) outcome).problems()).containsExactlyInAnyOrder(problems);
    }

    private static Registration registration(
            @Nullable String email, @Nullable Json username, JsonObject attributes, String password) {
        Registration.Builder registration =
                Registration.builder(RawPassword.of(password)).attributes(attributes);
        Optional.ofNullable(email).ifPresent(registration::email);
        Optional.ofNullable(username).ifPresent(registration::username);
        return registration.build();
    }
}
