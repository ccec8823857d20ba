package dev.countersign.jdbi;

import dev.countersign.jdbi.internal.sql.Vendor;
import dev.countersign.jdbi.table.MappedColumn.AttributeColumn;
import dev.countersign.jdbi.table.MappedColumn.EmailColumn;
import dev.countersign.jdbi.table.MappedColumn.Event;
import dev.countersign.jdbi.table.MappedColumn.Kind;
import dev.countersign.jdbi.table.MappedColumn.OtherAttributesColumn;
import dev.countersign.jdbi.table.MappedColumn.StatusColumn;
import dev.countersign.jdbi.table.MappedColumn.TimeColumn;
import dev.countersign.jdbi.table.MappedColumn.Unit;
import dev.countersign.jdbi.table.MappedColumn.UsernameColumn;
import dev.countersign.jdbi.table.MappedColumn.UsernameNumberColumn;
import dev.countersign.jdbi.table.MappedColumn.UuidColumn;
import dev.countersign.jdbi.table.MappedColumn.VersionColumn;
import dev.countersign.jdbi.table.TableMapping;
import dev.countersign.port.UserStore;
import org.jdbi.v3.core.Jdbi;

/** An application's table that has a column for everything, with names, types and units of its own. */
public final class Members {

    public static final TableMapping MAPPING = TableMapping.of(
            "Club Members",
            "Member No",
            "digest",
            new UuidColumn("guid"),
            new EmailColumn("mail", null, "mail_key"),
            new UsernameColumn("nick", null, "nick_key"),
            new UsernameNumberColumn("nick_is_number"),
            new StatusColumn("enabled", "true", "false"),
            // Names that the contract gives values to, JSON null among them.
            new AttributeColumn("a", "full_name", Kind.TEXT),
            new AttributeColumn("z", "shoe_size", Kind.NUMBER),
            new OtherAttributesColumn("more"),
            new TimeColumn(Event.CREATED, "since", Unit.TIMESTAMP),
            new TimeColumn(Event.UPDATED, "changed", Unit.MICROSECONDS),
            new TimeColumn(Event.LAST_LOGIN, "seen", Unit.TIMESTAMP),
            new TimeColumn(Event.PREVIOUS_LOGIN, "seen_before", Unit.TIMESTAMP),
            new TimeColumn(Event.PASSWORD_CHANGED, "digest_changed", Unit.TIMESTAMP),
            new TimeColumn(Event.TOKEN_ISSUED, "token_issued", Unit.MICROSECONDS),
            new TimeColumn(Event.EMAIL_SINCE, "mail_since", Unit.MICROSECONDS),
            new TimeColumn(Event.USERNAME_SINCE, "nick_since", Unit.MICROSECONDS),
            new VersionColumn("lock_version"));

    private static final String COLUMNS = """
            guid %s NOT NULL UNIQUE, mail TEXT, mail_key TEXT UNIQUE, nick VARCHAR(400), nick_key TEXT UNIQUE,
            nick_is_number BOOLEAN NOT NULL, enabled %s NOT NULL, digest VARCHAR(200), full_name TEXT, shoe_size NUMERIC, more TEXT,
            since TIMESTAMP NOT NULL, changed BIGINT, seen %s, seen_before %s, digest_changed TIMESTAMP,
            token_issued BIGINT, mail_since BIGINT, nick_since BIGINT,
            lock_version INTEGER NOT NULL, points INTEGER NOT NULL DEFAULT 7
            """;

    private Members() {}

    public static void create(Jdbi jdbi, Vendor vendor) {
        String id = vendor == Vendor.SQLITE
                ? "INTEGER PRIMARY KEY AUTOINCREMENT"
                : "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY";
        String columns = vendor == Vendor.SQLITE
                ? COLUMNS.formatted("TEXT", "TEXT", "TEXT", "TEXT")
                : COLUMNS.formatted("UUID", "BOOLEAN", "TIMESTAMPTZ", "TIMESTAMPTZ");
        jdbi.useHandle(
                handle -> handle.execute("CREATE TABLE \"Club Members\" (\"Member No\" " + id + ", " + columns + ")"));
    }

    /** A store over a table that is gone since. */
    public static UserStore dropped(Jdbi jdbi, Vendor vendor) {
        create(jdbi, vendor);
        UserStore store = JdbiAuthStores.over(jdbi).usersIn(MAPPING);
        jdbi.useHandle(handle -> handle.execute("DROP TABLE \"Club Members\""));
        return store;
    }
}
