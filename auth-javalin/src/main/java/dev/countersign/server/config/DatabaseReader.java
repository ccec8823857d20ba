package dev.countersign.server.config;

import com.google.common.base.CharMatcher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Reads the settings of the database. */
final class DatabaseReader {

    private static final int MAX_SECONDS = 60;

    private final SettingValues values;
    private final Optional<DatabasePassword> password;

    DatabaseReader(SettingValues values, Optional<DatabasePassword> password) {
        this.values = values;
        this.password = password;
    }

    DatabaseConfig read() {
        return new DatabaseConfig(
                values.text(Setting.DATABASE).flatMap(this::url),
                values.text(Setting.DATABASE_USER).flatMap(this::user),
                password,
                values.path(Setting.DATABASE_PASSWORD_FILE, "the path of a file")
                        .flatMap(this::file),
                values.integer(Setting.DATABASE_POOL, 1, 200).orElse(8),
                seconds(Setting.DATABASE_POOL_WAIT, 3),
                seconds(Setting.DATABASE_STATEMENT_TIMEOUT, 5),
                seconds(Setting.DATABASE_CONNECT_TIMEOUT, 2),
                values.path(Setting.MASTER_KEY_FILE, "the path of a file").flatMap(this::masterKey),
                values.flag(Setting.MIGRATE_AT_START, true));
    }

    private Duration seconds(Setting setting, int otherwise) {
        return values.seconds(setting, MAX_SECONDS).orElse(Duration.ofSeconds(otherwise));
    }

    // An address may hold a password, so no message quotes it.
    private Optional<DatabaseUrl> url(String text) {
        Optional<DatabaseUrl> url = DatabaseUrl.of(text);
        if (url.isEmpty()) {
            values.refuse(
                    Setting.DATABASE,
                    "the address is not for a supported database",
                    "jdbc:postgresql://HOST:PORT/NAME or jdbc:sqlite:FILE, settings after a ?");
        } else if (!url.get().hasPorts()) {
            values.refuse(Setting.DATABASE, "the port in the address is invalid", "a number from 1 to 65535");
        } else if (url.get().isSqlite() && !url.get().isFile()) {
            values.refuse(
                    Setting.DATABASE,
                    "the database must be a file, not in memory and not an address that begins with file:",
                    "jdbc:sqlite:FILE with the path of a file"
                            + localeReason(url.get().place()));
        }
        return url.map(
                given -> given.in(path -> values.resolve(Setting.DATABASE, path).toString()));
    }

    private static String localeReason(String place) {
        return CharMatcher.ascii().matchesAllOf(place) ? "" : "; " + TextFile.noPathReason(place);
    }

    private Optional<String> user(String name) {
        checkServer(Setting.DATABASE_USER);
        return Optional.of(name);
    }

    private Optional<Path> file(Path file) {
        checkServer(Setting.DATABASE_PASSWORD_FILE);
        if (password.isPresent()) {
            values.refuse(
                    Setting.DATABASE_PASSWORD_FILE,
                    DatabasePassword.VARIABLE + " is set, too",
                    "give the password in one of the two places");
        }
        return Optional.of(file);
    }

    private Optional<Path> masterKey(Path file) {
        if (isSqlite()) {
            values.refuse(
                    Setting.MASTER_KEY_FILE,
                    "with SQLite the keys are files in the data folder, which nothing encrypts",
                    "leave it out, or give the address of a server as " + Setting.DATABASE.flag());
        }
        return Optional.of(file);
    }

    private boolean isSqlite() {
        return values.text(Setting.DATABASE)
                .flatMap(DatabaseUrl::of)
                .map(DatabaseUrl::isSqlite)
                .orElse(values.source(Setting.DATABASE) == null);
    }

    private void checkServer(Setting setting) {
        if (isSqlite()) {
            values.refuse(
                    setting,
                    "an SQLite file has no users",
                    "leave it out, or give the address of a server as " + Setting.DATABASE.flag());
        }
    }
}
