package dev.countersign.jdbi;

import dev.countersign.port.UserStore;
import dev.countersign.testkit.contract.UserStoreContract;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** The store of docs/adapters.md on PostgreSQL. */
@Tag("slow")
class MemberStoreTest extends UserStoreContract {

    // snippet: table
    private static final String TABLE = """
            CREATE TABLE member (
                no BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, guid TEXT NOT NULL UNIQUE,
                mail TEXT, mail_key TEXT UNIQUE, nick TEXT, nick_key TEXT UNIQUE, nick_is_number BOOLEAN NOT NULL,
                blocked BOOLEAN NOT NULL, profile TEXT NOT NULL, digest TEXT, revision BIGINT NOT NULL,
                joined BIGINT NOT NULL, changed BIGINT, seen BIGINT, seen_before BIGINT, digest_changed BIGINT,
                token_issued BIGINT NOT NULL)
            """;
    // end

    private static DataSource database;
    private static DataSource empty;

    @BeforeAll
    static void make_the_table() {
        database = Postgres.freshDatabase();
        empty = Postgres.freshDatabase();
        Jdbi.create(database).useHandle(handle -> handle.execute(TABLE));
    }

    @BeforeEach
    void empty_the_table() {
        Jdbi.create(database).useHandle(handle -> handle.execute("DELETE FROM member"));
    }

    @Override
    protected UserStore store() {
        return new MemberStore(database);
    }

    @Override
    protected Optional<UserStore> storeNumberingFrom(long first) {
        Jdbi.create(database)
                .useHandle(handle -> handle.execute("ALTER TABLE member ALTER COLUMN no RESTART WITH " + first));
        return Optional.of(store());
    }

    @Override
    protected UserStore reopened() {
        return new MemberStore(database);
    }

    @Override
    protected Optional<UserStore> failing() {
        return Optional.of(new MemberStore(empty));
    }

    @Override
    protected Optional<UserStore> pausing(Runnable beforeStatement) {
        return Optional.of(new MemberStore(PausingConnections.over(database, beforeStatement)));
    }
}
