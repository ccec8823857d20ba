package dev.countersign.proof;

import com.zaxxer.hikari.HikariDataSource;
import dev.countersign.jdbi.JdbiAuthStores;
import dev.countersign.jdbi.SqliteUrl;
import dev.countersign.jdbi.table.TableNames;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;

/** An SQLite file. Its own way is the shell's {@code .import}, or where there is no shell one prepared statement in one transaction. */
record ScaleSqlite(Path file, boolean shell, HikariDataSource pool) implements ScaleDatabase {

    private static final String INSERT = "INSERT INTO auth_users (uuid, email, email_folded, username, username_folded,"
            + " username_number, status, attributes, password_hash, created_at, version)"
            + " VALUES (?, ?, ?, ?, ?, 0, 'ACTIVE', ?, ?, ?, 1)";

    static Vendor in(Path folder) {
        boolean shell = hasShell();
        return new Vendor() {
            @Override
            public String name() {
                return "SQLite";
            }

            @Override
            public String itsWay() {
                return shell ? ".import of the sqlite3 shell" : "prepared statement, one transaction";
            }

            @Override
            public ScaleDatabase newDatabase(String name) {
                Path file = folder.resolve(name + ".db");
                ScaleSqlite database = new ScaleSqlite(file, shell, ScaleDatabase.newPool(SqliteUrl.of(file), 1));
                JdbiAuthStores.over(database.pool).migrate();
                return database;
            }

            @Override
            public void close() {
                // Each file has its own connections.
            }
        };
    }

    private static boolean hasShell() {
        try {
            return new ProcessBuilder("sqlite3", "-version").start().waitFor() == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public String url() {
        return SqliteUrl.of(file);
    }

    @Override
    public TableNames names() {
        return TableNames.STANDARD;
    }

    @Override
    public long loadItsWay(ScaleLimit limit) throws IOException, SQLException {
        return shell ? importByShell(limit) : insert(limit);
    }

    // Through a pipe, so that writing and reading the rows go on at the same time, as they do in every other way.
    private long importByShell(ScaleLimit limit) throws IOException {
        Process process = new ProcessBuilder(
                        "sqlite3",
                        "-bail",
                        "-cmd",
                        "PRAGMA synchronous=FULL",
                        file.toString(),
                        ".import --csv /dev/stdin auth_users")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        long number = 0;
        try (BufferedWriter rows = new BufferedWriter(process.outputWriter(StandardCharsets.UTF_8), 1 << 16)) {
            String rest = ",0,ACTIVE,\"" + People.ATTRIBUTES_TEXT.replace("\"", "\"\"") + "\"," + People.hash()
                    + ("," + People.createdMicros()).repeat(5) + ",1,0" + ("," + People.createdMicros()).repeat(3)
                    + ",,\n";
            for (; limit.allows(number); number++) {
                String email = People.email(number);
                String username = People.username(number);
                rows.write((number + 1) + "," + People.uuid(number) + "," + email + "," + email + "," + username + ","
                        + username + rest);
            }
        }
        await(process);
        return number;
    }

    private static void await(Process process) throws IOException {
        try {
            if (!process.waitFor(1, TimeUnit.HOURS) || process.exitValue() != 0) {
                throw new IOException("sqlite3 failed: " + process.exitValue());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
    }

    private long insert(ScaleLimit limit) throws SQLException {
        long number = 0;
        try (Connection connection = DriverManager.getConnection(url())) {
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                for (; limit.allows(number); number++) {
                    insert.setString(1, People.uuid(number).toString());
                    insert.setString(2, People.email(number));
                    insert.setString(3, People.email(number));
                    insert.setString(4, People.username(number));
                    insert.setString(5, People.username(number));
                    insert.setString(6, People.ATTRIBUTES_TEXT);
                    insert.setString(7, People.hash());
                    insert.setLong(8, People.createdMicros());
                    insert.executeUpdate();
                }
            }
            connection.commit();
        }
        return number;
    }

    // The shell copies the log into the file before it ends.
    @Override
    public void catchUp() throws SQLException {
        settle();
    }

    @Override
    public void settle() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }

    @Override
    public void warm() throws IOException {
        Files.copy(file, OutputStream.nullOutputStream());
    }

    @Override
    public long bytes() throws SQLException {
        settle();
        return file.toFile().length();
    }

    @Override
    public void close() {
        pool.close();
        try {
            for (String suffix : new String[] {"", "-wal", "-shm"}) {
                Files.deleteIfExists(Path.of(file + suffix));
            }
        } catch (IOException left) {
            throw new IllegalStateException(left);
        }
    }
}
