package dev.countersign.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.crypto.bcrypt.BcryptPasswordHasher;
import dev.countersign.crypto.migration.ForeignHashes;
import dev.countersign.crypto.migration.MigratingPasswordHasher;
import dev.countersign.crypto.pepper.Pepper;
import dev.countersign.crypto.pepper.PepperedPasswordHasher;
import dev.countersign.json.JsonObject;
import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.port.BulkUserStore;
import dev.countersign.port.UserStore;
import dev.countersign.testkit.fake.InMemoryBulkUserStore;
import dev.countersign.testkit.fake.InMemoryUserStore;
import dev.countersign.user.Identifier;
import dev.countersign.user.NewUser;
import dev.countersign.user.StoredUser;
import dev.countersign.user.UserId;
import dev.countersign.user.UserKey;
import dev.countersign.user.UserStatus;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The Java of docs/embedding.md about peppers. */
class EmbeddedPepperTest {

    private final SecureRandom random = new SecureRandom();
    private final InMemoryUserStore users = new InMemoryUserStore();

    private PepperedPasswordHasher peppered(byte[] key, byte[] earlierKey) {
        // snippet: pepper
        PepperedPasswordHasher hasher = PepperedPasswordHasher.sealing(
                new MigratingPasswordHasher(new BcryptPasswordHasher(12, random), ForeignHashes.all()),
                Pepper.of("2026-11", key),
                List.of(Pepper.of("2025-11", earlierKey)));
        // end
        return hasher;
    }

    private static void reseal(PepperedPasswordHasher hasher, BulkUserStore bulk, UserStore users) {
        // snippet: reseal
        UserId after = null;
        List<StoredUser> page = bulk.page(after, BulkUserStore.LARGEST_PAGE);
        while (!page.isEmpty()) {
            for (StoredUser user : page) {
                if (user.hash() != null) {
                    users.rehash(user.user().id(), user.hash(), hasher.resealed(user.hash()));
                }
            }
            after = page.get(page.size() - 1).user().id();
            page = bulk.page(after, BulkUserStore.LARGEST_PAGE);
        }
        // end
    }

    @Test
    void a_pepper_encrypts_what_is_stored_and_changes_without_passwords() {
        byte[] key = new byte[Pepper.KEY_BYTES];
        byte[] earlierKey = new byte[Pepper.KEY_BYTES];
        random.nextBytes(key);
        random.nextBytes(earlierKey);
        PasswordHash bcrypt = new BcryptPasswordHasher(10, random).hash(RawPassword.of("seven blue lanterns"));
        Identifier name = Identifier.username("ada").orElseThrow();
        users.insert(
                new NewUser(UUID.randomUUID(), null, name, UserStatus.ACTIVE, JsonObject.EMPTY, bcrypt, Instant.EPOCH));
        PepperedPasswordHasher hasher = peppered(key, earlierKey);

        reseal(hasher, new InMemoryBulkUserStore(users), users);

        PasswordHash stored =
                users.find(new UserKey.ByUsername(name)).orElseThrow().hash();
        assertThat(stored).isNotNull();
        assertThat(hasher.pepper(stored)).contains("2026-11");
        assertThat(hasher.verify(RawPassword.of("seven blue lanterns"), stored)).isTrue();
    }
}
