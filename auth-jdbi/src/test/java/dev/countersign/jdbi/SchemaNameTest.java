package dev.countersign.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.countersign.jdbi.table.SchemaStatus;
import dev.countersign.jdbi.table.TableNames;
import dev.countersign.port.BulkUserStore;
import dev.countersign.user.ImportedUser;
import dev.countersign.user.OnExisting;
import dev.countersign.user.User;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Schemas on PostgreSQL. */
class SchemaNameTest {

    private final PGSimpleDataSource database = Postgres.withoutPool();

    @Test
    void a_role_that_may_make_no_schemas_uses_one_of_its_own() {
        String role = "owner_of_" + database.getDatabaseName();
        Jdbi.create(database).useHandle(handle -> {
            handle.execute("CREATE ROLE " + role + " LOGIN");
            handle.execute("CREATE SCHEMA accounts AUTHORIZATION " + role);
        });
        database.setUser(role);
        JdbiAuthStores stores = JdbiAuthStores.over(database).named(new TableNames("accounts", "sso_"));

        assertThat(stores.migrate()).isNotEmpty();

        Samples.stored(stores.users().insert(Samples.user()));
        assertThat(stores.schemaStatus().state()).isEqualTo(SchemaStatus.State.CURRENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"user", "order"})
    void a_schema_and_a_prefix_can_be_words_of_sql(String word) {
        JdbiAuthStores stores = JdbiAuthStores.over(database).named(new TableNames(word, word));
        stores.migrate();
        assertThat(stores.migrate()).isEmpty();

        User user = Samples.stored(stores.users().insert(Samples.user()));
        ImportedUser imported = ImportedUser.builder(user.uuid())
                .id(user.id())
                .uuid(user.uuid())
                .email(user.email())
                .username(user.username())
                .build();
        BulkUserStore bulk = stores.bulkUsers();
        try (BulkUserStore.Rehearsal rehearsal = bulk.rehearse()) {
            rehearsal.store(ImmutableList.of(imported), OnExisting.UPDATE);
        }
        bulk.store(ImmutableList.of(imported), OnExisting.UPDATE, Samples.NOW);

        assertThat(stores.users().page(null, 10)).extracting(User::id).containsExactly(user.id());
        assertThat(stores.users().delete(user.id())).isTrue();
    }
}
