package dev.countersign.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.jdbi.internal.sql.Vendor;
import dev.countersign.jdbi.table.MappedColumn;
import dev.countersign.jdbi.table.ScannedUser;
import dev.countersign.jdbi.table.StoreCheck;
import dev.countersign.jdbi.table.TableMapping;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that are no user's, and what the checks say about them. */
class UserScanTest {

    private static final String BROKEN = "UPDATE auth_users SET attributes = '{\"Wombat\":' WHERE id = 2";

    @TempDir
    private Path folder;

    private Jdbi jdbi;
    private JdbiAuthStores stores;

    private void store(Vendor vendor) {
        jdbi = Samples.fresh(vendor, folder);
        stores = JdbiAuthStores.over(jdbi);
        stores.migrate();
        for (int i = 1; i <= 3; i++) {
            Samples.stored(stores.users().insert(Samples.user("a" + i + "@example.com", "name" + i)));
        }
    }

    private void run(String sql) {
        jdbi.useHandle(handle -> handle.execute(sql));
    }

    private List<String> problems() {
        List<String> problems = new ArrayList<>();
        stores.checks().forEach(check -> check.run(problems::add));
        return problems;
    }

    private static final String ANOTHER =
            "has a compared form that is another, as a former release stores it while this one"
                    + " runs; run auth-server db migrate --refold";

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void a_row_that_cannot_be_read_is_reported_and_the_others_are_read(Vendor vendor) {
        store(vendor);
        run(BROKEN);
        List<ScannedUser> rows = stores.scan().page(Long.MIN_VALUE, 10);
        assertThat(rows).extracting(ScannedUser::id).containsExactly(1L, 2L, 3L);
        assertThat(rows.get(0).stored()).isNotNull();
        assertThat(rows.get(1).stored()).isNull();
        assertThat(rows.get(1).flaw()).isEqualTo("the stored user 2 cannot be read: its attributes are no JSON object");
        assertThat(stores.scan().page(2, 10)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void a_whole_store_has_no_problems(Vendor vendor) {
        store(vendor);
        assertThat(problems()).isEmpty();
        assertThat(stores.checks()).extracting(StoreCheck::subject).containsExactly("structure", "rows", "identifiers");
        assertThat(stores.checks().get(1).run(problem -> {})).isEqualTo("3 users");
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void each_problem_is_a_line_that_quotes_nothing_but_identifiers(Vendor vendor) {
        store(vendor);
        run(BROKEN);
        run("UPDATE auth_users SET email_folded = 'wombat@example.com' WHERE id = 1");
        run("UPDATE auth_users SET username_folded = 'quibble' WHERE id = 3");
        assertThat(problems())
                .containsExactly(
                        "the stored user 2 cannot be read: its attributes are no JSON object",
                        "user 1: a1@example.com " + ANOTHER,
                        "user 3: name3 " + ANOTHER);
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void users_who_share_what_is_compared_are_reported(Vendor vendor) {
        store(vendor);
        run("DROP INDEX auth_users_email");
        run("UPDATE auth_users SET email_folded = 'a1@example.com' WHERE id = 3");
        assertThat(problems()).contains("2 users have the same email_folded, such as 1 and 3");
    }

    @Test
    void an_index_that_does_not_fit_its_table_is_reported_where_amcheck_is_installed() {
        store(Vendor.POSTGRESQL);
        assertThat(stores.checks().get(0).run(problem -> {})).contains("amcheck is not installed");
        run("CREATE EXTENSION amcheck");
        assertThat(stores.checks().get(0).run(problem -> {})).isEqualTo("20 indexes and their tables");
        run("CREATE FUNCTION extra(text) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT $1'");
        run("CREATE INDEX auth_users_extra ON auth_users (extra(username))");
        run("CREATE OR REPLACE FUNCTION extra(text) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT reverse($1)'");
        assertThat(problems()).singleElement().asString().contains("index auth_users_extra is damaged");
    }

    @Test
    void an_index_that_lost_a_row_is_reported_on_sqlite() {
        store(Vendor.SQLITE);
        jdbi.useHandle(handle -> {
            handle.execute("PRAGMA writable_schema = on");
            handle.execute("UPDATE sqlite_master SET sql = sql || ' WHERE id <> 2' WHERE name = 'auth_users_email'");
        });
        run("DELETE FROM auth_users WHERE id = 2");
        jdbi.useHandle(handle -> {
            handle.execute("PRAGMA writable_schema = on");
            handle.execute(
                    "UPDATE sqlite_master SET sql = replace(sql, ' WHERE id <> 2', '') WHERE name = 'auth_users_email'");
        });
        assertThat(problems()).anySatisfy(problem -> assertThat(problem).contains("auth_users_email"));
    }

    @Test
    void a_mapped_row_that_cannot_be_read_is_reported_with_its_column() {
        jdbi = Samples.fresh(Vendor.SQLITE, folder);
        run(
                "CREATE TABLE members (id INTEGER PRIMARY KEY AUTOINCREMENT, mail TEXT UNIQUE, hash TEXT, made TEXT, code TEXT)");
        run("INSERT INTO members (mail, made, code) VALUES ('a@example.com', 'wombat', NULL)");
        run("INSERT INTO members (mail, made, code) VALUES ('b@example.com', NULL, 'wombat')");
        stores = JdbiAuthStores.over(jdbi);
        TableMapping mapping = TableMapping.of(
                "members",
                "id",
                "hash",
                new MappedColumn.EmailColumn("mail", MappedColumn.Comparison.AS_IT_IS, null),
                new MappedColumn.UuidColumn("code"),
                new MappedColumn.TimeColumn(MappedColumn.Event.CREATED, "made", MappedColumn.Unit.TIMESTAMP));
        assertUnreadable(mapping, 1, "the user 1 of the table members cannot be read: its made is no time");
        assertUnreadable(mapping, 2, "the user 2 of the table members cannot be read: its code is no UUID");
    }

    private void assertUnreadable(TableMapping mapping, long id, String message) {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> stores.usersIn(mapping)
                        .find(new dev.countersign.user.UserKey.ById(new dev.countersign.user.UserId(id))))
                .isInstanceOf(dev.countersign.AuthFault.class)
                .hasMessage(message);
    }
}
