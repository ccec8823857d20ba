package dev.countersign.proof;

import dev.countersign.jdbi.JdbiAuthStores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/** A database on a PostgreSQL server, whose own way is {@code COPY}. */
record ScalePostgres(PostgresNode node, String name) implements ScaleDatabase {

    private static final String COPY = "COPY auth_users (uuid, email, email_folded, username, username_folded,"
            + " username_number, status, attributes, password_hash, created_at, version) FROM STDIN";

    static Vendor on(PostgresNode node) {
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
                node.run("CREATE DATABASE " + name);
                ScalePostgres database = new ScalePostgres(node, name);
                JdbiAuthStores.over(Jdbi.create(database.url())).migrate();
                return database;
            }
        };
    }

    @Override
    public String url() {
        return node.url().replace("/postgres?", "/" + name + "?");
    }

    @Override
    public long loadItsWay(ScaleLimit limit) throws IOException, SQLException {
        String rest = "\t0\tACTIVE\t" + People.ATTRIBUTES_TEXT + "\t" + People.hash() + "\t" + People.createdMicros()
                + "\t1\n";
        try (Connection connection = DriverManager.getConnection(url());
                PGCopyOutputStream rows = new PGCopyOutputStream(connection.unwrap(PGConnection.class), COPY)) {
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
            statement.execute("VACUUM ANALYZE auth_users");
            statement.execute("CHECKPOINT");
        }
    }

    @Override
    public long bytes() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_total_relation_size('auth_users')")) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void close() {
        node.run("DROP DATABASE " + name + " WITH (FORCE)");
    }
}
