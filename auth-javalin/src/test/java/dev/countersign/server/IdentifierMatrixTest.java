package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.countersign.Auth;
import dev.countersign.crypto.jjwt.JjwtTokenCodec;
import dev.countersign.crypto.jjwt.KeyMaterial;
import dev.countersign.crypto.jjwt.KeyRing;
import dev.countersign.crypto.jjwt.SigningAlgorithm;
import dev.countersign.crypto.migration.MigratingPasswordHasher;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.text.JsonText;
import dev.countersign.password.PasswordPolicy;
import dev.countersign.password.RawPassword;
import dev.countersign.server.MatrixStores.Kind;
import dev.countersign.server.MatrixStores.Stores;
import dev.countersign.server.transfer.ClearPasswords;
import dev.countersign.server.transfer.Tally;
import dev.countersign.server.transfer.TransferFormat;
import dev.countersign.server.transfer.UserImport;
import dev.countersign.testkit.fake.PlainPasswordHasher;
import dev.countersign.testkit.fixture.MutableClock;
import dev.countersign.testkit.fixture.SeededRandom;
import dev.countersign.usecase.LogIn;
import dev.countersign.usecase.RegisterUser;
import dev.countersign.usecase.Registration;
import dev.countersign.usecase.Throttle;
import dev.countersign.usecase.UpdateUser;
import dev.countersign.usecase.UserChange;
import dev.countersign.user.IdentifierKind;
import dev.countersign.user.OnExisting;
import dev.countersign.user.Origin;
import dev.countersign.user.User;
import dev.countersign.user.UserField;
import dev.countersign.user.UserField.Problem;
import dev.countersign.user.UserFlaw;
import dev.countersign.user.UserId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Pairs of identifiers, what they are to each other, in every way that one comes in, in every store. */
@Tag("slow")
class IdentifierMatrixTest {

    private static final String FIRST = "the password of the first";
    private static final String SECOND = "the password of the second";

    private final SeededRandom random = new SeededRandom(5);
    private final PlainPasswordHasher hasher = PlainPasswordHasher.keepingPasswordsInTheClear();

    @TempDir
    private Path folder;

    /** What the second of a pair is. */
    enum Relation {
        /** The same identifier as the first. */
        EQUAL,
        /** Another identifier. */
        DIFFERENT,
        /** None that could be stored. */
        REFUSED
    }

    /** A pair of e-mail addresses; usernames are what stands before the {@code @}. */
    record Pair(String one, String other, Relation relation) {

        String username(String email) {
            return email.substring(0, email.indexOf('@'));
        }
    }

    private static final String LONGEST = "x".repeat(68) + "@" + ("y".repeat(62) + ".").repeat(3) + "y".repeat(62);

    static final ImmutableList<Pair> EMAILS = ImmutableList.of(
            new Pair("ada@example.com", "ADA@Example.COM", Relation.EQUAL),
            new Pair("straße@example.com", "STRASSE@example.com", Relation.EQUAL),
            new Pair("straße@example.com", "STRAẞE@example.com", Relation.EQUAL),
            new Pair("όσος@example.com", "ΌΣΟΣ@example.com", Relation.EQUAL),
            new Pair("zoë@example.com", "ZOE\u0308@example.com", Relation.EQUAL),
            new Pair("K\u212A@example.com", "kk@example.com", Relation.EQUAL),
            new Pair("İ@example.com", "i\u0307@example.com", Relation.EQUAL),
            new Pair("anna@münchen.example", "anna@xn--mnchen-3ya.example", Relation.EQUAL),
            new Pair("anna@XN--MNCHEN-3YA.example", "anna@MÜNCHEN\u3002example.", Relation.EQUAL),
            new Pair("bob@example.com", "bob@example.com.", Relation.EQUAL),
            new Pair("bob@example.com", "bob@ＥＸＡＭＰＬＥ．com", Relation.EQUAL),
            new Pair("fritz@faß.example", "fritz@FAẞ.example", Relation.EQUAL),
            new Pair(LONGEST, LONGEST.toUpperCase(java.util.Locale.ROOT), Relation.EQUAL),
            new Pair("fritz@faß.example", "fritz@fass.example", Relation.DIFFERENT),
            new Pair("i@example.com", "ı@example.com", Relation.DIFFERENT),
            new Pair("i@example.com", "İ@example.com", Relation.DIFFERENT),
            new Pair("zoe@example.com", "zoë@example.com", Relation.DIFFERENT),
            new Pair("a.b@example.com", "ab@example.com", Relation.DIFFERENT),
            new Pair("o'hara@example.com", "ohara@example.com", Relation.DIFFERENT),
            new Pair("ada@example.com", "ada@example.co", Relation.DIFFERENT),
            new Pair("p1@example.com", "p1\u200B@example.com", Relation.REFUSED),
            new Pair("p1@example.com", "p\uFEFF1@example.com", Relation.REFUSED),
            new Pair("p1@example.com", "p1@exam\u00ADple.com", Relation.REFUSED),
            new Pair("p1@example.com", "p1\u202E@example.com", Relation.REFUSED),
            new Pair("p1@example.com", "p1\u2066@example.com", Relation.REFUSED),
            new Pair("p1@example.com", "p1\uFFFD@example.com", Relation.REFUSED),
            new Pair("p1@example.com", "p1\uE000@example.com", Relation.REFUSED),
            new Pair("p1@example.com", "p1@example.com..", Relation.REFUSED),
            new Pair("p1@example.com", "p1@xn--a.com", Relation.REFUSED),
            new Pair("p1@example.com", "\"p1\"@example.com", Relation.REFUSED),
            new Pair("p1@example.com", "p1(one)@example.com", Relation.REFUSED),
            new Pair("ada@example.com", "x" + LONGEST, Relation.REFUSED));

    static Stream<Arguments> cells() {
        return Stream.of(Kind.values()).flatMap(kind -> EMAILS.stream().map(pair -> Arguments.of(kind, pair)));
    }

    static Stream<Arguments> importedCells() {
        return cells().filter(cell -> ((Kind) cell.get()[0]).takesImports());
    }

    @ParameterizedTest
    @MethodSource("cells")
    void registration_takes_no_second_user_of_one_address_and_no_login_reaches_another(Kind kind, Pair pair) {
        Stores stores = MatrixStores.empty(kind);
        Auth auth = auth(stores);
        RegisterUser.Outcome one = register(auth, pair.one(), FIRST);
        if (one instanceof RegisterUser.Outcome.Rejected rejected) {
            // A table without a folded column does not keep what it could not find again.
            assertThat(kind.comparesItself()).isTrue();
            assertThat(rejected.problems()).containsExactly(new Problem(UserField.EMAIL, UserFlaw.MALFORMED));
            return;
        }
        RegisterUser.Outcome other = register(auth, pair.other(), SECOND);
        switch (pair.relation()) {
            case EQUAL -> {
                assertThat(flaw(other))
                        .isIn(UserFlaw.TAKEN, kind.comparesItself() ? UserFlaw.MALFORMED : UserFlaw.TAKEN);
                assertThat(logsIn(auth, pair.other(), FIRST)).isTrue();
                assertThat(logsIn(auth, pair.other(), SECOND)).isFalse();
            }
            case DIFFERENT -> {
                assertThat(other).isInstanceOf(RegisterUser.Outcome.Registered.class);
                assertThat(logsIn(auth, pair.other(), FIRST)).isFalse();
                assertThat(logsIn(auth, pair.other(), SECOND)).isTrue();
                assertThat(logsIn(auth, pair.one(), SECOND)).isFalse();
            }
            case REFUSED -> {
                assertThat(flaw(other)).isEqualTo(UserFlaw.MALFORMED);
                assertThat(logsIn(auth, pair.other(), FIRST)).isFalse();
            }
        }
        assertThat(logsIn(auth, pair.one(), FIRST)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("cells")
    void an_update_takes_no_address_of_another(Kind kind, Pair pair) {
        Stores stores = MatrixStores.empty(kind);
        Auth auth = auth(stores);
        if (register(auth, pair.one(), FIRST) instanceof RegisterUser.Outcome.Rejected) {
            return;
        }
        UserId third = ((RegisterUser.Outcome.Registered) register(auth, "third@example.org", SECOND))
                .user()
                .id();
        UpdateUser.Outcome update =
                auth.update(third, UserChange.builder().email(pair.other()).build());
        if (pair.relation() == Relation.DIFFERENT) {
            assertThat(update).isInstanceOf(UpdateUser.Outcome.Updated.class);
            assertThat(logsIn(auth, pair.other(), SECOND)).isTrue();
        } else {
            assertThat(update).isInstanceOf(UpdateUser.Outcome.Rejected.class);
            assertThat(logsIn(auth, pair.other(), SECOND)).isFalse();
        }
        assertThat(logsIn(auth, pair.one(), SECOND)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("cells")
    void usernames_are_compared_alike(Kind kind, Pair pair) {
        String one = pair.username(pair.one());
        String other = pair.username(pair.other());
        Stores stores = MatrixStores.empty(kind);
        Auth auth = auth(stores);
        boolean same = dev.countersign.user.Identifier.typed(one).equals(dev.countersign.user.Identifier.typed(other));
        if (registerName(auth, one, FIRST) instanceof RegisterUser.Outcome.Rejected) {
            assertThat(kind.comparesItself()).isTrue();
            return;
        }
        RegisterUser.Outcome second = registerName(auth, other, SECOND);
        if (same) {
            assertThat(second).isInstanceOf(RegisterUser.Outcome.Rejected.class);
        }
        boolean stored = second instanceof RegisterUser.Outcome.Registered;
        assertThat(logsIn(auth, IdentifierKind.USERNAME, other, FIRST)).isEqualTo(same);
        assertThat(logsIn(auth, IdentifierKind.USERNAME, other, SECOND)).isEqualTo(stored);
        assertThat(logsIn(auth, IdentifierKind.USERNAME, one, FIRST)).isTrue();
        assertThat(logsIn(auth, IdentifierKind.USERNAME, one, SECOND)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("importedCells")
    void an_import_finds_the_same_user_and_names_what_it_refuses(Kind kind, Pair pair) throws IOException {
        Stores stores = MatrixStores.empty(kind);
        Auth auth = auth(stores);
        User first = ((RegisterUser.Outcome.Registered) register(auth, pair.one(), FIRST)).user();
        Tally skipped = imported(stores, pair.other(), OnExisting.SKIP);
        Tally updated = imported(stores, pair.other(), OnExisting.UPDATE);
        switch (pair.relation()) {
            case EQUAL -> {
                assertThat(skipped).isEqualTo(new Tally(1, 0, 0, 1, 0, 0, 0));
                assertThat(updated).isEqualTo(new Tally(1, 0, 1, 0, 0, 0, 0));
                assertThat(logsIn(auth, pair.one(), SECOND)).isTrue();
                assertThat(stores.users().page(null, 10)).extracting(User::id).containsExactly(first.id());
            }
            case DIFFERENT -> {
                assertThat(skipped).isEqualTo(new Tally(1, 1, 0, 0, 0, 0, 0));
                assertThat(updated).isEqualTo(new Tally(1, 0, 1, 0, 0, 0, 0));
                assertThat(logsIn(auth, pair.one(), FIRST)).isTrue();
                assertThat(logsIn(auth, pair.other(), SECOND)).isTrue();
            }
            case REFUSED -> {
                assertThat(List.of(skipped, updated)).containsOnly(new Tally(1, 0, 0, 0, 1, 0, 0));
                assertThat(logsIn(auth, pair.one(), FIRST)).isTrue();
            }
        }
    }

    private Tally imported(Stores stores, String email, OnExisting onExisting) throws IOException {
        String row = JsonText.write(
                JsonObject.EMPTY.with("email", new JsonString(email)).with("password", new JsonString(SECOND)));
        UserImport run = new UserImport(
                stores.bulk(),
                StoredHashes.withoutPepper(new MigratingPasswordHasher(hasher, List.of())),
                new MutableClock(),
                new UserImport.Options(
                        TransferFormat.JSONL,
                        onExisting,
                        false,
                        false,
                        folder.resolve("rejects.jsonl"),
                        Origin.UNNAMED_SYSTEM,
                        false,
                        new UserId(1),
                        new ClearPasswords(new PasswordPolicy(1, PasswordPolicy.LONGEST, text -> false), false)));
        return run.run(new ByteArrayInputStream(row.getBytes(StandardCharsets.UTF_8)), (rows, bytes, hashing) -> {});
    }

    private Auth auth(Stores stores) {
        KeyMaterial key = KeyMaterial.generate(SigningAlgorithm.ES256, MutableClock.START, random);
        return Auth.builder()
                .throttle(Throttle.unlimitedGuesses())
                .users(stores.users())
                .hasher(hasher)
                .tokens(
                        ShippedDialects.dialect("standard").token(),
                        new JjwtTokenCodec(KeyRing.signingWith(key), random),
                        new PasswordPolicy(8, 64, password -> false))
                .clock(new MutableClock())
                .random(random)
                .build();
    }

    private static RegisterUser.Outcome register(Auth auth, String email, String password) {
        return auth.register(Registration.ofEmail(email, RawPassword.of(password)));
    }

    private static RegisterUser.Outcome registerName(Auth auth, String username, String password) {
        return auth.register(Registration.builder(RawPassword.of(password))
                .username(username)
                .build());
    }

    private static UserFlaw flaw(RegisterUser.Outcome outcome) {
        assertThat(outcome).isInstanceOf(RegisterUser.Outcome.Rejected.class);
        List<Problem> problems = ((RegisterUser.Outcome.Rejected) outcome).problems();
        assertThat(problems).hasSize(1);
        return problems.get(0).flaw();
    }

    private static boolean logsIn(Auth auth, String email, String password) {
        return logsIn(auth, IdentifierKind.EMAIL, email, password);
    }

    private static boolean logsIn(Auth auth, IdentifierKind kind, String identifier, String password) {
        return auth.logIn(new LogIn.Attempt(kind, identifier, RawPassword.of(password)))
                instanceof LogIn.Outcome.LoggedIn;
    }
}
