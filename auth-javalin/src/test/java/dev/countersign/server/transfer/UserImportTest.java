package dev.countersign.server.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.crypto.bcrypt.BcryptPasswordHasher;
import dev.countersign.crypto.migration.ForeignHashes;
import dev.countersign.crypto.migration.MigratingPasswordHasher;
import dev.countersign.password.PasswordPolicy;
import dev.countersign.port.BulkUserStore;
import dev.countersign.server.StoredHashes;
import dev.countersign.testkit.fake.InMemoryBulkUserStore;
import dev.countersign.testkit.fake.InMemoryUserStore;
import dev.countersign.testkit.fixture.SeededRandom;
import dev.countersign.user.ImportResult;
import dev.countersign.user.ImportedUser;
import dev.countersign.user.OnExisting;
import dev.countersign.user.Origin;
import dev.countersign.user.StoredUser;
import dev.countersign.user.UserId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passwords in an import while others delete users. */
class UserImportTest {

    private static final String THERE = "{\"email\":\"there@example.com\",\"password\":\"p\"}\n";
    private static final String NEW = "{\"email\":\"new@example.com\",\"password\":\"p\"}\n";

    @TempDir
    Path folder;

    private final InMemoryUserStore users = new InMemoryUserStore();

    @Test
    void a_user_who_is_deleted_while_the_others_are_hashed_is_added_with_a_password() throws Exception {
        run(THERE);

        assertThat(run(THERE + NEW).added()).isEqualTo(2);
        assertThat(stored()).hasSize(2).allMatch(user -> user.hash() != null);
    }

    @Test
    void a_user_who_was_there_when_the_import_looked_is_not_added_without_a_password() throws Exception {
        run(THERE);

        assertThat(run(THERE).existing()).isEqualTo(1);
        assertThat(stored()).isEmpty();
    }

    private List<StoredUser> stored() {
        return new InMemoryBulkUserStore(users).page(null, 10);
    }

    private Tally run(String rows) throws IOException {
        MigratingPasswordHasher hasher =
                new MigratingPasswordHasher(new BcryptPasswordHasher(10, new SeededRandom(1)), ForeignHashes.all());
        UserImport.Options options = new UserImport.Options(
                TransferFormat.JSONL,
                OnExisting.SKIP,
                false,
                false,
                folder.resolve("rejects.jsonl"),
                Origin.UNNAMED_SYSTEM,
                false,
                new UserId(1),
                new ClearPasswords(new PasswordPolicy(1, PasswordPolicy.LONGEST, text -> false), false));
        return new UserImport(
                        new Deleting(new InMemoryBulkUserStore(users)),
                        StoredHashes.withoutPepper(hasher),
                        InstantSource.system(),
                        options)
                .run(new ByteArrayInputStream(rows.getBytes(StandardCharsets.UTF_8)), (count, bytes, hashing) -> {});
    }

    /** Somebody deletes all users as soon as the import has looked. */
    private final class Deleting implements BulkUserStore {

        private final BulkUserStore bulk;

        Deleting(BulkUserStore bulk) {
            this.bulk = bulk;
        }

        @Override
        public List<ImportResult> preview(List<ImportedUser> batch, OnExisting onExisting) {
            List<ImportResult> seen = bulk.preview(batch, onExisting);
            if (seen.contains(ImportResult.EXISTING)) {
                users.page(null, 10).stream()
                        .filter(user -> String.valueOf(user.email()).startsWith("there"))
                        .forEach(user -> users.delete(user.id()));
            }
            return seen;
        }

        @Override
        public List<ImportResult> store(List<ImportedUser> batch, OnExisting onExisting, Instant now) {
            return bulk.store(batch, onExisting, now);
        }

        @Override
        public Rehearsal rehearse() {
            return bulk.rehearse();
        }

        @Override
        public List<StoredUser> page(@Nullable UserId after, int limit) {
            return bulk.page(after, limit);
        }
    }
}
