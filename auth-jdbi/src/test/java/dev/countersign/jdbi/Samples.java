package dev.countersign.jdbi;

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
final class Samples {

    static final Instant NOW = Instant.parse("2024-02-29T12:34:56.123456Z");
    static final PasswordHash HASH = PasswordHash.of("$2b$12$SECRETHASH");
    static final String[] VALUES = {"SECRETHASH", "quibble", "Wombat", "frobnicate"};

    private Samples() {}

    static Jdbi fresh(Vendor vendor, Path folder) {
        return vendor == Vendor.SQLITE
                ? Jdbi.create(SqliteUrl.of(folder.resolve("auth.db")))
                : Jdbi.create(Postgres.freshDatabase());
    }

    static NewUser user() {
        return user("quibble@example.com", "Wombat");
    }

    static NewUser user(String email, String username) {
        return new NewUser(
                UUID.randomUUID(),
                Identifier.email(email).orElseThrow(),
                Identifier.username(username).orElseThrow(),
                UserStatus.ACTIVE,
                JsonObject.EMPTY.with("note", new JsonString("frobnicate")),
                HASH,
                NOW);
    }

    static User stored(StoreResult result) {
        return ((StoreResult.Stored) result).user();
    }

    static User renamed(User user, String email) {
        return user.toBuilder()
                .email(Identifier.email(email).orElseThrow())
                .updatedAt(NOW)
                .build();
    }
}
