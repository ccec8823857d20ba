package dev.countersign.jdbi;

import static com.google.common.base.Preconditions.checkArgument;

import dev.countersign.internal.row.UserRow;
import dev.countersign.password.PasswordHash;
import dev.countersign.port.UserStore;
import dev.countersign.user.Login;
import dev.countersign.user.NewUser;
import dev.countersign.user.StoreResult;
import dev.countersign.user.StoredUser;
import dev.countersign.user.User;
import dev.countersign.user.UserId;
import dev.countersign.user.UserKey;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/** The store of docs/adapters.md. */
// snippet: store
final class MemberStore implements UserStore {

    private static final String ROW = """
            no AS id, guid AS uuid, mail AS email, mail_key AS email_folded, nick AS username, nick_key AS username_folded,
            nick_is_number AS username_number, CASE WHEN blocked THEN 'DISABLED' ELSE 'ACTIVE' END AS status,
            profile AS attributes, digest AS password_hash, joined AS created_at, changed AS updated_at,
            seen AS last_login_at, seen_before AS previous_login_at, digest_changed AS password_changed_at, revision AS version
            """;
    private static final String SELECT = "SELECT * FROM (SELECT " + ROW + " FROM member) AS m WHERE ";
    private static final String INSERT = """
            INSERT INTO member (guid, mail, mail_key, nick, nick_key, nick_is_number, blocked, profile, digest, joined,
                token_issued, revision)
            VALUES (:uuid, :email, :email_folded, :username, :username_folded, :username_number = 1, :status = 'DISABLED',
                :attributes, :digest, :created_at, :token_issued_at, 1)
            ON CONFLICT DO NOTHING RETURNING\s""" + ROW;
    private static final String UPDATE = """
            UPDATE member SET mail = :email, mail_key = :email_folded, nick = :username, nick_key = :username_folded,
                nick_is_number = (:username_number = 1), blocked = (:status = 'DISABLED'), profile = :attributes, joined = :created_at,
                digest = coalesce(:digest, digest), changed = :updated_at, revision = revision + 1, digest_changed = CASE
                    WHEN CAST(:digest AS TEXT) IS NULL THEN :password_changed_at ELSE greatest(:password_changed_at, token_issued + 1,
                    (coalesce(digest_changed, 0) + 999999) / 1000000 * 1000000 + 1) END
            WHERE no = :id AND revision = :version RETURNING\s""" + ROW;
    private static final String LOGIN = """
            UPDATE member SET seen_before = seen, seen = :at, token_issued = greatest(token_issued, :token_issued_at)
            WHERE no = :id AND NOT blocked AND digest_changed IS NOT DISTINCT FROM :password_changed_at RETURNING\s""" + ROW;

    private final Jdbi jdbi;

    MemberStore(DataSource pool) {
        this.jdbi = Jdbi.create(pool);
        // Otherwise exceptions quote what is bound.
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
        // A later release may know more of a user than this table keeps.
        jdbi.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
    }

    @Override
    public Optional<StoredUser> find(UserKey key) {
        return rows(SELECT + UserRow.name(key) + " = :key", Map.of("key", UserRow.value(key)))
                .findFirst();
    }

    @Override
    public StoreResult insert(NewUser user) {
        return write(INSERT, UserRow.of(user), user.hash(), new StoreResult.Taken());
    }

    @Override
    public StoreResult update(User changed, @Nullable PasswordHash hash) {
        try {
            return write(UPDATE, UserRow.of(changed), hash, new StoreResult.Stale());
        } catch (UnableToExecuteStatementException failed) {
            if (failed.getCause() instanceof SQLException cause && "23505".equals(cause.getSQLState())) {
                return new StoreResult.Taken();
            }
            throw failed;
        }
    }

    @Override
    public boolean rehash(UserId id, PasswordHash expected, PasswordHash replacement) {
        String sql = "UPDATE member SET digest = ? WHERE no = ? AND digest = ?";
        Object[] values = {replacement.revealForStorage(), id.value(), expected.revealForStorage()};
        return jdbi.withHandle(handle -> handle.execute(sql, values)) > 0;
    }

    @Override
    public Optional<User> recordLogin(Login login) {
        return rows(LOGIN, UserRow.of(login)).findFirst().map(StoredUser::user);
    }

    @Override
    public boolean delete(UserId id) {
        return jdbi.withHandle(handle -> handle.execute("DELETE FROM member WHERE no = ?", id.value())) > 0;
    }

    @Override
    public List<User> page(@Nullable UserId after, int limit) {
        checkArgument(limit >= 1 && limit <= LARGEST_PAGE, "a page has 1 to %s users", LARGEST_PAGE);
        String sql = SELECT + "id > :after ORDER BY id LIMIT :limit";
        return rows(sql, Map.of("after", after == null ? 0 : after.value(), "limit", limit))
                .map(StoredUser::user)
                .toList();
    }

    private StoreResult write(String sql, Map<String, ?> row, @Nullable PasswordHash hash, StoreResult otherwise) {
        Map<String, @Nullable Object> values = new HashMap<>(row);
        values.put("digest", hash == null ? null : hash.revealForStorage());
        Optional<StoredUser> stored = rows(sql, values).findFirst();
        return stored.isPresent() ? new StoreResult.Stored(stored.get().user()) : otherwise;
    }

    private Stream<StoredUser> rows(String sql, Map<String, ?> values) {
        List<Map<String, Object>> rows = jdbi.withHandle(
                handle -> handle.createQuery(sql).bindMap(values).mapToMap().list());
        return rows.stream().map(row -> UserRow.read(row::get));
    }
}
// end
