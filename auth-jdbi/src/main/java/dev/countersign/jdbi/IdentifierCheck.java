package dev.countersign.jdbi;

import dev.countersign.user.Identifier;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Whether users are found by the identifiers they have: the compared forms belong to them, and no two users share one. */
final class IdentifierCheck implements StoreCheck {

    private static final int PAGE = 500;

    private final Database database;
    private final TableNames names;

    IdentifierCheck(Database database, TableNames names) {
        this.database = database;
        this.names = names;
    }

    @Override
    public String subject() {
        return "identifiers";
    }

    @Override
    public String run(Consumer<String> problems) {
        long identifiers = 0;
        List<Names> page = page(Long.MIN_VALUE);
        while (!page.isEmpty()) {
            for (Names names : page) {
                identifiers += names.count();
                names.check(problems);
            }
            page = page(page.get(page.size() - 1).id());
        }
        for (String column : new String[] {"uuid", "email_folded", "username_folded"}) {
            shared(column, problems);
        }
        return identifiers + " e-mail addresses and usernames";
    }

    private record Names(
            long id,
            @Nullable String email,
            @Nullable String emailFolded,
            @Nullable String username,
            @Nullable String usernameFolded) {

        int count() {
            return (email == null ? 0 : 1) + (username == null ? 0 : 1);
        }

        void check(Consumer<String> problems) {
            check("e-mail address", email, emailFolded, problems);
            check("username", username, usernameFolded, problems);
        }

        private void check(String what, @Nullable String text, @Nullable String folded, Consumer<String> problems) {
            String right = text == null ? null : Identifier.typed(text).folded();
            if (!Objects.equals(right, folded)) {
                problems.accept("user " + id + " is not found by the " + what + ": the compared form is another");
            }
        }
    }

    private List<Names> page(long after) {
        return database.run(
                "reading identifiers",
                handle -> handle.createQuery("SELECT id, email, email_folded, username, username_folded FROM "
                                + names.table("users") + " WHERE id > :after ORDER BY id LIMIT " + PAGE)
                        .bind("after", after)
                        .map((row, context) -> new Names(
                                row.getLong("id"),
                                row.getString("email"),
                                row.getString("email_folded"),
                                row.getString("username"),
                                row.getString("username_folded")))
                        .list());
    }

    private void shared(String column, Consumer<String> problems) {
        database.run(
                "comparing identifiers",
                handle -> Migration.unhurried(handle, () -> {
                    shared(handle, column).forEach(problems);
                    return true;
                }));
    }

    // Over an expression, so that the rows are asked and not the index, which may be what is damaged.
    private List<String> shared(Handle handle, String column) {
        return handle.createQuery("SELECT count(*) AS users, min(id) AS first, max(id) AS last FROM "
                        + names.table("users") + " WHERE " + column + " IS NOT NULL GROUP BY CAST(" + column
                        + " AS TEXT) || '' HAVING count(*) > 1")
                .map((row, context) -> row.getLong("users") + " users have the same " + column + ", such as "
                        + row.getLong("first") + " and " + row.getLong("last"))
                .list();
    }
}
