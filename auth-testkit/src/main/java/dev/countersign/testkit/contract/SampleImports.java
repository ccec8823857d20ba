package dev.countersign.testkit.contract;

import static dev.countersign.testkit.contract.SampleUsers.CREATED;
import static dev.countersign.testkit.contract.SampleUsers.email;
import static dev.countersign.testkit.contract.SampleUsers.newUuid;
import static dev.countersign.testkit.contract.SampleUsers.username;

import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.password.PasswordHash;
import dev.countersign.user.Identifier;
import dev.countersign.user.ImportedUser;
import dev.countersign.user.User;
import dev.countersign.user.UserId;
import dev.countersign.user.UserStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Users to be imported in contracts. */
final class SampleImports {

    static final UserId HIGH = new UserId(9_007_199_254_740_995L);
    static final UUID UUID_1 = newUuid();

    private SampleImports() {}

    /** Batches of users with so few names and numbers between them that they are each other's, here and in other batches. */
    static List<List<ImportedUser>> namingEachOther(Random random, int batches, int size) {
        List<UUID> uuids = IntStream.range(0, 4 * size).mapToObj(i -> newUuid()).toList();
        List<List<ImportedUser>> all = new ArrayList<>();
        for (int i = 0; i < batches; i++) {
            List<ImportedUser> batch = new ArrayList<>();
            for (int j = 0; j < size; j++) {
                boolean mailed = random.nextBoolean();
                batch.add(ImportedUser.named(
                        random.nextInt(10) > 0 ? null : new UserId(1_000_000 + random.nextInt(size)),
                        random.nextBoolean() ? newUuid() : uuids.get(random.nextInt(uuids.size())),
                        mailed ? email("user" + random.nextInt(6 * size) + "@example.com") : null,
                        mailed && random.nextBoolean() ? null : username("user" + random.nextInt(6 * size))));
            }
            all.add(batch);
        }
        return all;
    }

    static User full() {
        return new User(
                HIGH,
                UUID_1,
                email("Han.Straße@example.com"),
                username("Σίσυφος"),
                UserStatus.DISABLED,
                JsonObject.EMPTY.with("ship", new JsonString("🚀 \"Falcon\"\n")),
                CREATED,
                CREATED.plusNanos(1000),
                CREATED.plusNanos(2000),
                CREATED.plusNanos(3000),
                CREATED.plusNanos(4000),
                1);
    }

    static ImportedUser imported(User user, @Nullable PasswordHash hash) {
        return new ImportedUser(
                user.id(),
                user.uuid(),
                user.email(),
                user.username(),
                user.status(),
                user.attributes(),
                hash,
                user.createdAt(),
                user.updatedAt(),
                user.lastLoginAt(),
                user.previousLoginAt(),
                user.passwordChangedAt());
    }

    static ImportedUser withHash(String email, PasswordHash hash) {
        return ImportedUser.named(null, newUuid(), email(email), null).withHash(hash);
    }

    static ImportedUser named(@Nullable String email, @Nullable String username, @Nullable UUID uuid) {
        Identifier mail = email == null ? null : email(email);
        Identifier name = username == null ? null : username(username);
        return ImportedUser.named(null, uuid == null ? newUuid() : uuid, mail, name);
    }
}
