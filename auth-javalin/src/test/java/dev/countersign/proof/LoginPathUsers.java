package dev.countersign.proof;

import dev.countersign.crypto.bcrypt.BcryptPasswordHasher;
import dev.countersign.jdbi.JdbiAuthStores;
import dev.countersign.jdbi.SqliteUrl;
import dev.countersign.json.JsonObject;
import dev.countersign.port.BulkUserStore;
import dev.countersign.testkit.fixture.SeededRandom;
import dev.countersign.user.Identifier;
import dev.countersign.user.ImportedUser;
import dev.countersign.user.OnExisting;
import dev.countersign.user.UserStatus;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.sqlite.SQLiteDataSource;

/** Users of every kind but the unknown one, in an SQLite file. Nobody knows a password that matches, nor needs one. */
final class LoginPathUsers {

    /** The cost of all hashes: the lowest that a server has. */
    static final int COST = 10;

    private LoginPathUsers() {}

    static SQLiteDataSource file(Path data) {
        SQLiteDataSource file = new SQLiteDataSource();
        file.setUrl(SqliteUrl.of(data.resolve("auth.db")));
        return file;
    }

    static void store(Path data, int each) {
        JdbiAuthStores stores = JdbiAuthStores.over(file(data));
        stores.migrate();
        BulkUserStore users = stores.bulkUsers();
        List<ImportedUser> batch = new ArrayList<>();
        for (LoginPath path : LoginPath.values()) {
            for (int i = 0; i < each && path != LoginPath.UNKNOWN_USER; i++) {
                batch.add(user(path, i));
                if (batch.size() == BulkUserStore.LARGEST_PAGE) {
                    users.store(batch, OnExisting.SKIP, Instant.now());
                    batch.clear();
                }
            }
        }
        users.store(batch, OnExisting.SKIP, Instant.now());
    }

    private static ImportedUser user(LoginPath path, int number) {
        ImportedUser.Builder user = ImportedUser.builder(UUID.randomUUID())
                .email(Identifier.email(path.email(number)).orElseThrow())
                .attributes(JsonObject.EMPTY)
                .status(path == LoginPath.DISABLED_USER ? UserStatus.DISABLED : UserStatus.ACTIVE);
        if (path != LoginPath.NO_PASSWORD) {
            user.hash(new BcryptPasswordHasher(COST, new SeededRandom(path.seed(number))).decoy());
        }
        return user.build();
    }
}
