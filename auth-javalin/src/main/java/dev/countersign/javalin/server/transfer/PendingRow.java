package dev.countersign.javalin.server.transfer;

import com.google.common.collect.ImmutableList;
import dev.countersign.javalin.server.transfer.SourceRow.RowProblem;
import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.port.PasswordHasher;
import dev.countersign.secret.Secret;
import dev.countersign.user.ImportedUser;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A row that was read: a user to be stored, or problems. */
@Secret
final class PendingRow {

    private final SourceRow source;
    private final ImmutableList<RowProblem> problems;
    private final @Nullable ImportedUser user;
    private final @Nullable RawPassword password;

    PendingRow(SourceRow source, List<RowProblem> problems) {
        this.source = source;
        this.problems = ImmutableList.copyOf(problems);
        this.user = null;
        this.password = null;
    }

    PendingRow(SourceRow source, ImportedUser user, @Nullable RawPassword password) {
        this.source = source;
        this.problems = ImmutableList.of();
        this.user = user;
        this.password = password;
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

    boolean hasPassword() {
        return password != null;
    }

    ImportedUser user() {
        return Objects.requireNonNull(user);
    }

    /** The user with the password hashed, and the password wiped. */
    ImportedUser hashed(PasswordHasher hasher) {
        ImportedUser from = user();
        if (password == null) {
            return from;
        }
        PasswordHash hash = hasher.hash(password);
        password.close();
        return from.toBuilder().hash(hash).build();
    }

    @Override
    public String toString() {
        return "PendingRow[hidden]";
    }
}
