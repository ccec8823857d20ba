package dev.countersign.testkit.contract;

import static dev.countersign.testkit.contract.SampleUsers.CREATED;
import static dev.countersign.testkit.contract.SampleUsers.email;
import static dev.countersign.testkit.contract.SampleUsers.newUuid;
import static dev.countersign.testkit.contract.SampleUsers.username;

import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.password.PasswordHash;
import dev.countersign.user.ImportedUser;
import dev.countersign.user.Kept;
import dev.countersign.user.Origin;
import dev.countersign.user.User;
import dev.countersign.user.UserId;
import dev.countersign.user.UserStatus;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Users to import in contracts. */
final class SampleImports {

    static final UserId HIGH = new UserId(9_007_199_254_740_995L);
    static final UUID UUID_1 = newUuid();

    private SampleImports() {}

    /** Batches of users with so few different names and numbers that they collide within and between batches. */
    static List<List<ImportedUser>> namingEachOther(Random random, int batches, int size) {
        List<UUID> uuids = IntStream.range(0, 4 * size).mapToObj(i -> newUuid()).toList();
        List<List<ImportedUser>> all = new ArrayList<>();
        for (int i = 0; i < batches; i++) {
            List<ImportedUser> batch = new ArrayList<>();
            for (int j = 0; j < size; j++) {
                boolean mailed = random.nextBoolean();
                ImportedUser.Builder user = ImportedUser.builder(newUuid())
                        .id(random.nextInt(10) > 0 ? null : new UserId(1_000_000 + random.nextInt(size)))
                        .email(mailed ? email("user" + random.nextInt(6 * size) + "@example.com") : null)
                        .username(mailed && random.nextBoolean() ? null : username("user" + random.nextInt(6 * size)));
                batch.add((random.nextBoolean() ? user : user.uuid(uuids.get(random.nextInt(uuids.size())))).build());
            }
            all.add(batch);
        }
        return all;
    }

    static User full() {
        return User.builder(HIGH, UUID_1, CREATED)
                .email(email("Han.Straße@example.com"))
                .username(username("Σίσυφος"))
                .status(UserStatus.DISABLED)
                .attributes(JsonObject.EMPTY.with("ship", new JsonString("🚀 \"Falcon\"\n")))
                .updatedAt(CREATED.plusNanos(1000))
                .lastLoginAt(CREATED.plusNanos(2000))
                .previousLoginAt(CREATED.plusNanos(3000))
                .passwordChangedAt(CREATED.plusNanos(4000))
                .origin(new Origin(
                        CREATED.plusNanos(5000),
                        CREATED.plusNanos(6000),
                        CREATED.plusNanos(7000),
                        "old",
                        EnumSet.allOf(Kept.class)))
                .build();
    }

    static ImportedUser imported(User user, @Nullable PasswordHash hash) {
        return ImportedUser.builder(newUuid())
                .id(user.id())
                .uuid(user.uuid())
                .email(user.email())
                .username(user.username())
                .status(user.status())
                .attributes(user.attributes())
                .hash(hash)
                .createdAt(user.createdAt())
                .updatedAt(user.updatedAt())
                .lastLoginAt(user.lastLoginAt())
                .previousLoginAt(user.previousLoginAt())
                .passwordChangedAt(user.passwordChangedAt())
                .storedAt(user.origin().storedAt())
                .emailSince(user.origin().emailSince())
                .usernameSince(user.origin().usernameSince())
                .kept(user.origin().kept())
                .system(user.origin().system())
                .build();
    }

    static ImportedUser withHash(String email, PasswordHash hash) {
        return named(email, null, null).toBuilder().hash(hash).build();
    }

    static ImportedUser named(@Nullable String email, @Nullable String username, @Nullable UUID uuid) {
        ImportedUser.Builder user = ImportedUser.builder(newUuid())
                .email(email == null ? null : email(email))
                .username(username == null ? null : username(username));
        return (uuid == null ? user : user.uuid(uuid)).build();
    }

    static ImportedUser numbered(long number, @Nullable String email, @Nullable String username) {
        return named(email, username, null).toBuilder().id(new UserId(number)).build();
    }
}
