package dev.countersign.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.countersign.crypto.bcrypt.BcryptPasswordHasher;
import dev.countersign.crypto.migration.ForeignHashes;
import dev.countersign.crypto.migration.MigratingPasswordHasher;
import dev.countersign.password.PasswordPolicy;
import dev.countersign.server.StoredHashes;
import dev.countersign.server.transfer.ClearPasswords;
import dev.countersign.server.transfer.Tally;
import dev.countersign.server.transfer.TransferFormat;
import dev.countersign.server.transfer.UserImport;
import dev.countersign.testkit.fake.InMemoryBulkUserStore;
import dev.countersign.testkit.fake.InMemoryUserStore;
import dev.countersign.testkit.fixture.SeededRandom;
import dev.countersign.user.OnExisting;
import dev.countersign.user.UserId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Any file of users is imported row by row, each row accepted or rejected with a reason, or refused as a whole. */
@Tag("slow")
class ImportFuzzTest {

    private static final MigratingPasswordHasher HASHER =
            new MigratingPasswordHasher(new BcryptPasswordHasher(10, new SeededRandom(1)), ForeignHashes.all());

    @TempDir
    static Path folder;

    static Stream<byte[]> csv() {
        return Seeds.users(".csv").map(Seeds::utf8);
    }

    static Stream<byte[]> jsonl() {
        return Seeds.users(".jsonl").map(Seeds::utf8);
    }

    @MethodSource("csv")
    @FuzzTest
    void rows_of_csv_are_accepted_or_rejected(byte[] file) throws IOException {
        rehearse(file, TransferFormat.CSV);
    }

    @MethodSource("jsonl")
    @FuzzTest
    void rows_of_json_lines_are_accepted_or_rejected(byte[] file) throws IOException {
        rehearse(file, TransferFormat.JSONL);
    }

    private static void rehearse(byte[] file, TransferFormat format) throws IOException {
        Path rejects = folder.resolve("rejects." + format.extension());
        UserImport.Options options = new UserImport.Options(
                format,
                OnExisting.UPDATE,
                true,
                false,
                rejects,
                "old",
                false,
                new UserId(1000),
                new ClearPasswords(new PasswordPolicy(8, PasswordPolicy.LONGEST, text -> false), false));
        UserImport users = new UserImport(
                new InMemoryBulkUserStore(new InMemoryUserStore()),
                StoredHashes.withoutPepper(HASHER),
                InstantSource.system(),
                options);
        try {
            Tally tally = users.run(new ByteArrayInputStream(file), (count, bytes, hashing) -> {});
            assertThat(tally.added() + tally.updated() + tally.existing() + tally.rejected())
                    .isEqualTo(tally.read());
            assertThat(tally.rejected() > 0).isEqualTo(Files.exists(rejects) && Files.size(rejects) > 0);
        } catch (IOException refused) {
            assertThat(refused).hasMessageNotContaining("Exception").hasMessageNotContaining("java.");
            assertThat(refused.getMessage()).isNotBlank();
        } finally {
            Files.deleteIfExists(rejects);
        }
    }
}
