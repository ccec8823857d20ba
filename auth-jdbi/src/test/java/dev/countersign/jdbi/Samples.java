package dev.countersign.jdbi;

import com.google.common.collect.ImmutableList;
import dev.countersign.jdbi.internal.sql.Vendor;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.password.PasswordHash;
import dev.countersign.user.Identifier;
import dev.countersign.user.NewUser;
import dev.countersign.user.StoreResult;
import dev.countersign.user.User;
import dev.countersign.user.UserStatus;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Empty databases of either vendor, and a user whose every value is easy to grep for. */
public final class Samples {

    public static final Instant NOW = Instant.parse("2024-02-29T12:34:56.123456Z");
    public static final PasswordHash HASH = PasswordHash.of("$2b$12$SECRETHASH");
    public static final ImmutableList<String> VALUES =
            ImmutableList.of("SECRETHASH", "quibble", "Wombat", "frobnicate");

    private Samples() {}

    public static Jdbi fresh(Vendor vendor, Path folder) {
        return vendor == Vendor.SQLITE
                ? Jdbi.create(SqliteUrl.of(folder.resolve("auth.db")))
                : Jdbi.create(Postgres.freshDatabase());
    }

    public static NewUser user() {
        return user("quibble@example.com", "Wombat");
    }

    public static NewUser user(String email, String username) {
        return new NewUser(
                UUID.randomUUID(),
                Identifier.email(email).orElseThrow(),
                Identifier.username(username).orElseThrow(),
                UserStatus.ACTIVE,
                JsonObject.EMPTY.with("note", new JsonString("frobnicate")),
                HASH,
                NOW);
    }

    public static User stored(StoreResult result) {
        return ((StoreResult.Stored) result).user();
    }

    public static User renamed(User user, String email) {
        return user.toBuilder()
                .email(Identifier.email(email).orElseThrow())
                .updatedAt(NOW)
                .build();
    }
}
