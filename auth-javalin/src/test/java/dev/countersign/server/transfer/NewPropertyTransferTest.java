package dev.countersign.server.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.crypto.bcrypt.BcryptPasswordHasher;
import dev.countersign.crypto.migration.MigratingPasswordHasher;
import dev.countersign.password.PasswordPolicy;
import dev.countersign.server.StoredHashes;
import dev.countersign.testkit.fake.InMemoryBulkUserStore;
import dev.countersign.testkit.fake.InMemoryUserStore;
import dev.countersign.testkit.fixture.SeededRandom;
import dev.countersign.user.OnExisting;
import dev.countersign.user.Origin;
import dev.countersign.user.User;
import dev.countersign.user.UserId;
import dev.countersign.user.UserProperties;
import dev.countersign.user.UserProperty;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One more value of users in files: a line in the table of properties. */
class NewPropertyTransferTest {

    private static final UserProperty<String> PHONE = UserProperty.text("phone");
    private static final UserProperty<Instant> BORN = UserProperty.time("born_at");
    private static final TransferFields FIELDS =
            TransferFields.of(UserProperties.KNOWN.plus(PHONE).plus(BORN));

    @TempDir
    Path folder;

    private InMemoryUserStore users = new InMemoryUserStore();

    @Test
    void a_csv_column_is_read() throws Exception {
        Tally tally =
                imported(TransferFormat.CSV, "email,phone,born_at\nhan@example.com,+1 (2),1942-07-13 01:02:03Z\n");

        assertThat(tally.added()).isEqualTo(1);
        assertHan();
    }

    @Test
    void a_json_member_is_read() throws Exception {
        Tally tally = imported(
                TransferFormat.JSONL,
                "{\"email\":\"han@example.com\",\"phone\":\"+1 (2)\",\"born_at\":\"1942-07-13T01:02:03Z\"}\n");

        assertThat(tally.added()).isEqualTo(1);
        assertHan();
    }

    @Test
    void what_no_store_keeps_is_a_problem_of_its_row() throws Exception {
        Tally tally = imported(TransferFormat.JSONL, "{\"email\":\"han@example.com\",\"phone\":\"\\u0000\"}\n");

        assertThat(tally.rejected()).isEqualTo(1);
        assertThat(Files.readString(folder.resolve("rejects"))).contains("phone: it has a NUL character");
    }

    @ParameterizedTest
    @EnumSource(TransferFormat.class)
    void an_export_writes_it_and_can_be_imported_again(TransferFormat format) throws Exception {
        imported(TransferFormat.CSV, "email,phone,born_at\nhan@example.com,+1 (2),1942-07-13 01:02:03Z\n");
        ByteArrayOutputStream file = new ByteArrayOutputStream();

        new UserExport(new InMemoryBulkUserStore(users), format, FIELDS).run(file, (rows, bytes, hashing) -> {});

        String text = file.toString(StandardCharsets.UTF_8);
        assertThat(text)
                .contains(
                        format == TransferFormat.CSV
                                ? "password_changed_at,phone,born_at,stored_at"
                                : "\"phone\":\"+1 (2)\",\"born_at\":\"1942-07-13T01:02:03Z\"");
        users = new InMemoryUserStore();
        assertThat(imported(format, text).added()).isEqualTo(1);
        assertHan();
    }

    private void assertHan() {
        User han = users.page(null, 10).get(0);
        assertThat(han.get(PHONE)).isEqualTo("+1 (2)");
        assertThat(han.get(BORN)).isEqualTo(Instant.parse("1942-07-13T01:02:03Z"));
    }

    private Tally imported(TransferFormat format, String rows) throws IOException {
        MigratingPasswordHasher hasher =
                new MigratingPasswordHasher(new BcryptPasswordHasher(10, new SeededRandom(1)), List.of());
        UserImport.Options options = new UserImport.Options(
                format,
                OnExisting.UPDATE,
                false,
                false,
                folder.resolve("rejects"),
                Origin.UNNAMED_SYSTEM,
                false,
                new UserId(1),
                new ClearPasswords(new PasswordPolicy(1, PasswordPolicy.LONGEST, text -> false), false));
        return new UserImport(
                        new InMemoryBulkUserStore(users),
                        StoredHashes.withoutPepper(hasher),
                        InstantSource.system(),
                        options,
                        FIELDS)
                .run(new ByteArrayInputStream(rows.getBytes(StandardCharsets.UTF_8)), (count, bytes, hashing) -> {});
    }
}
