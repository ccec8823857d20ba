package dev.countersign.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One PostgreSQL server with its data folder, as durable as it comes. */
final class PostgresNode implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> SETTINGS = List.of(
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "fsync=on",
            "synchronous_commit=on",
            "full_page_writes=on",
            "wal_level=replica",
            "hot_standby=on",
            "max_wal_senders=10",
            "wal_keep_size=256MB",
            "wal_receiver_timeout=5s",
            "wal_retrieve_retry_interval=200ms",
            "max_connections=60",
            "shared_buffers=128MB",
            "max_wal_size=2GB");

    private final PostgresBinaries binaries;
    private final Path data;
    private final int port;
    private final List<String> settings;
    private Optional<Process> process = Optional.empty();

    PostgresNode(PostgresBinaries binaries, Path data, int port, List<String> settings) {
        this.binaries = binaries;
        this.data = data;
        this.port = port;
        this.settings = new ArrayList<>(settings);
    }

    int port() {
        return port;
    }

    Path data() {
        return data;
    }

    /** Where a client connects to this server and no other. */
    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port
                + "/postgres?user=postgres&connectTimeout=5&loginTimeout=5&socketTimeout=300";
    }

    /** Starts and waits until it answers; after a kill, what is left of the old processes may have to end first. */
    void start() {
        Waiting.until("starting " + data.getFileName(), PATIENCE, () -> {
            if (process.isEmpty() || !process.get().isAlive()) {
                process = Optional.of(launch());
            }
            try (Connection connection = connect()) {
                return connection.isValid(1);
            }
        });
    }

    /** Stops, and starts with one more setting. */
    void restart(String setting) {
        run("CHECKPOINT");
        kill();
        settings.add(setting);
        start();
    }

    private Process launch() throws IOException {
        setPrivate();
        List<String> command = binaries.command();
        command.addAll(List.of("-D", data.toString(), "-p", Integer.toString(port)));
        // The last one wins.
        SETTINGS.forEach(setting -> command.addAll(List.of("-c", setting)));
        settings.forEach(setting -> command.addAll(List.of("-c", setting)));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        data.resolveSibling(data.getFileName() + ".log").toFile()))
                .start();
    }

    private void setPrivate() throws IOException {
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url());
    }

    void run(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException broken) {
            throw new IllegalStateException(sql, broken);
        }
    }

    String ask(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? String.valueOf(row.getString(1)) : "";
        }
    }

    /** SIGKILL to the parent of all its processes; the others notice by themselves. */
    void kill() {
        process.ifPresent(running -> {
            running.destroyForcibly();
            await(running);
        });
    }

    /** What all its processes have computed so far. */
    Duration processorTime() {
        return process.stream()
                .flatMap(running -> Stream.concat(Stream.of(running.toHandle()), running.descendants()))
                .flatMap(part -> part.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** SIGKILL to every process, as if the machine were gone. */
    void killAll() {
        process.ifPresent(running -> {
            List<ProcessHandle> children = new ArrayList<>(running.descendants().toList());
            running.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
            await(running);
        });
    }

    /** The orderly end: every client is told and loses its connection. */
    void stop() {
        process.ifPresent(running -> {
            signal("-INT", running.toHandle());
            await(running);
        });
    }

    /** SIGSTOP to every process: connections stay open and nobody answers, as behind a broken network. */
    void freeze() {
        process.ifPresent(running -> {
            signal("-STOP", running.toHandle());
            running.descendants().forEach(child -> signal("-STOP", child));
        });
    }

    /** Takes it back. */
    void thaw() {
        process.ifPresent(running -> {
            running.descendants().forEach(child -> signal("-CONT", child));
            signal("-CONT", running.toHandle());
        });
    }

    private static void signal(String signal, ProcessHandle to) {
        try {
            await(new ProcessBuilder("kill", signal, Long.toString(to.pid())).start());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static void await(Process ending) {
        try {
            ending.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** Makes an empty node of the same name and port a standby of this one, by an online backup, and starts it. */
    PostgresNode makeStandby(PostgresNode gone) {
        gone.killAll();
        WorkFolder.delete(gone.data);
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_backup_start('standby', true)");
            WorkFolder.copy(data, gone.data);
            try (ResultSet row = statement.executeQuery("SELECT labelfile FROM pg_backup_stop(false)")) {
                row.next();
                Files.writeString(gone.data.resolve("backup_label"), row.getString(1));
            }
            Files.deleteIfExists(gone.data.resolve("postmaster.pid"));
            Files.createFile(gone.data.resolve("standby.signal"));
            Files.writeString(
                    gone.data.resolve("postgresql.auto.conf"),
                    "primary_conninfo = 'host=127.0.0.1 port=" + port + " user=postgres application_name=standby'\n",
                    StandardOpenOption.TRUNCATE_EXISTING);
        } catch (SQLException | IOException broken) {
            throw new IllegalStateException("copying " + data.getFileName(), broken);
        }
        PostgresNode standby = new PostgresNode(binaries, gone.data, gone.port, gone.settings);
        standby.start();
        return standby;
    }

    /** From now on a commit waits for the standby's disk; returns when the standby has all there is. */
    void demandStandby() {
        Waiting.until(
                "streaming",
                PATIENCE,
                () -> ask("SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'")
                        .equals("1"));
        run("ALTER SYSTEM SET synchronous_standby_names = 'standby'");
        run("SELECT pg_reload_conf()");
        Waiting.until(
                "synchronous",
                PATIENCE,
                () ->
                        ask("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync' AND flush_lsn >= pg_current_wal_flush_lsn()")
                                .equals("1"));
    }

    /** Makes a standby the primary, which for now waits for nobody. */
    void promote() {
        run("SELECT pg_promote(true, 60)");
        run("ALTER SYSTEM SET synchronous_standby_names = ''");
        run("SELECT pg_reload_conf()");
    }

    @Override
    public void close() {
        killAll();
    }
}
