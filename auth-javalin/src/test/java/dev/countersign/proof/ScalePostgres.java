package dev.countersign.proof;

import com.zaxxer.hikari.HikariDataSource;
import dev.countersign.jdbi.JdbiAuthStores;
import dev.countersign.jdbi.table.TableNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/** A schema on a PostgreSQL server, whose own way is {@code COPY}. */
record ScalePostgres(PostgresNode node, HikariDataSource pool, TableNames names) implements ScaleDatabase {

    private static final String COLUMNS = " (uuid, email, email_folded, username, username_folded,"
            + " username_number, status, attributes, password_hash, created_at, version) FROM STDIN";

    static Vendor on(PostgresNode node) {
        HikariDataSource pool = ScaleDatabase.newPool(node.url(), 1);
        return new Vendor() {
            @Override
            public String name() {
                return "PostgreSQL";
            }

            @Override
            public String itsWay() {
                return "COPY";
            }

            @Override
            public ScaleDatabase newDatabase(String name) {
                ScalePostgres database = new ScalePostgres(node, pool, new TableNames(name, "auth_"));
                JdbiAuthStores.over(pool).named(database.names).migrate();
                return database;
            }

            @Override
            public void close() {
                pool.close();
            }
        };
    }

    /** The table's name in a statement. */
    String users() {
        return names.schema() + ".auth_users";
    }

    @Override
    public String url() {
        return node.url();
    }

    @Override
    public long loadItsWay(ScaleLimit limit) throws IOException, SQLException {
        String rest = "\t0\tACTIVE\t" + People.ATTRIBUTES_TEXT + "\t" + People.hash() + "\t" + People.createdMicros()
                + "\t1\n";
        try (Connection connection = DriverManager.getConnection(url());
                PGCopyOutputStream rows =
                        new PGCopyOutputStream(connection.unwrap(PGConnection.class), "COPY " + users() + COLUMNS)) {
            long number = 0;
            for (; limit.allows(number); number++) {
                String email = People.email(number);
                String username = People.username(number);
                String row =
                        People.uuid(number) + "\t" + email + "\t" + email + "\t" + username + "\t" + username + rest;
                rows.write(row.getBytes(StandardCharsets.UTF_8));
            }
            rows.endCopy();
            return number;
        }
    }

    // What autovacuum does within a minute or two.
    @Override
    public void catchUp() {
        // Both ways leave the same to the checkpointer.
    }

    @Override
    public void settle() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement()) {
            statement.execute("VACUUM ANALYZE " + users());
            statement.execute("CHECKPOINT");
        }
    }

    @Override
    public void warm() throws SQLException {
        String table = "'" + users() + "'::regclass";
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE EXTENSION IF NOT EXISTS pg_prewarm");
            statement.execute("SELECT pg_prewarm(oid::regclass) FROM pg_class WHERE oid = " + table
                    + " OR oid IN (SELECT indexrelid FROM pg_index WHERE indrelid = " + table + ")");
        }
    }

    @Override
    public long bytes() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_total_relation_size('" + users() + "')")) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void close() {
        node.run("DROP SCHEMA " + names.schema() + " CASCADE");
    }
}
