package dev.countersign.jdbi.internal.sql;

import dev.countersign.password.PasswordHash;
import dev.countersign.secret.Secret;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** A hash as the argument of a statement; prints none of it when the statement's arguments are printed. */
@Secret
public final class HiddenHash implements Argument {

    private final @Nullable PasswordHash hash;

    public HiddenHash(@Nullable PasswordHash hash) {
        this.hash = hash;
    }

    @Override
    public void apply(int position, PreparedStatement statement, StatementContext context) throws SQLException {
        statement.setString(position, hash == null ? null : hash.revealForStorage());
    }

    @Override
    public String toString() {
        return "HiddenHash[hidden]";
    }
}
