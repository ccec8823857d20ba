package dev.countersign.server.transfer;

import com.google.common.collect.ImmutableList;
import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.secret.Secret;
import dev.countersign.server.StoredHashes;
import dev.countersign.server.transfer.SourceRow.RowProblem;
import dev.countersign.user.ImportedUser;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A row after reading: a user to be stored, or problems. */
@Secret
final class PendingRow {

    private final SourceRow source;
    private final ImmutableList<RowProblem> problems;
    private final @Nullable ImportedUser user;
    private final @Nullable RawPassword password;
    private final boolean weakPassword;
    private final boolean weak;

    PendingRow(SourceRow source, List<RowProblem> problems) {
        this.source = source;
        this.problems = ImmutableList.copyOf(problems);
        this.user = null;
        this.password = null;
        this.weakPassword = false;
        this.weak = false;
    }

    PendingRow(
            SourceRow source, ImportedUser user, @Nullable RawPassword password, boolean weakPassword, boolean weak) {
        this.source = source;
        this.problems = ImmutableList.of();
        this.user = user;
        this.password = password;
        this.weakPassword = weakPassword;
        this.weak = weak;
    }

    SourceRow source() {
        return source;
    }

    ImmutableList<RowProblem> problems() {
        return problems;
    }

    boolean isBad() {
        return user == null;
    }

    /** Whether storing the row costs a hash: it has a password, or a weak hash. */
    boolean costsHash() {
        return password != null || weak;
    }

    /** Whether the password breaks a rule for new passwords. */
    boolean hasWeakPassword() {
        return weakPassword;
    }

    boolean isWeak() {
        return weak;
    }

    ImportedUser user() {
        return Objects.requireNonNull(user);
    }

    /** The user with the password hashed and then wiped, or with the weak hash wrapped in a slow one. */
    ImportedUser hashed(StoredHashes hashes) {
        ImportedUser from = user();
        if (weak) {
            return from.toBuilder()
                    .hash(hashes.taken(Objects.requireNonNull(from.hash()), false))
                    .build();
        }
        if (password == null) {
            return from;
        }
        PasswordHash hash = hashes.hasher().hash(password);
        password.close();
        return from.toBuilder().hash(hash).build();
    }

    @Override
    public String toString() {
        return "PendingRow[hidden]";
    }
}
