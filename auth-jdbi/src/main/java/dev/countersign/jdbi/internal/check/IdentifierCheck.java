package dev.countersign.jdbi.internal.check;

import dev.countersign.jdbi.internal.folding.Refolding;
import dev.countersign.jdbi.internal.sql.Database;
import dev.countersign.jdbi.internal.sql.Unhurried;
import dev.countersign.jdbi.table.IdentifierProblem;
import dev.countersign.jdbi.table.StoreCheck;
import dev.countersign.jdbi.table.TableNames;
import dev.countersign.user.Identifier;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** Checks that users are found by their identifiers: every folded form matches its identifier, and no two users share one. */
final class IdentifierCheck implements StoreCheck {

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
        AtomicLong identifiers = new AtomicLong();
        Refolding.of(names)
                .check(database, found -> problems.accept(line(found)), any -> identifiers.incrementAndGet());
        for (String column : new String[] {"email", "username"}) {
            slow("comparing identifiers", handle -> halves(handle, column), problems);
        }
        for (String column : new String[] {"uuid", "email_folded", "username_folded"}) {
            slow("comparing identifiers", handle -> shared(handle, column), problems);
        }
        return identifiers + " e-mail addresses and usernames";
    }

    private static String line(IdentifierProblem problem) {
        Identifier identifier = problem.identifier();
        String who = "user " + problem.user() + ": " + identifier;
        if (identifier.folded().isEmpty()) {
            return who + " can be no identifier, and finds nobody";
        }
        return problem.other()
                .map(other ->
                        who + " is the same as " + problem.otherIdentifier().orElseThrow() + " of user " + other
                                + "; both log in by typing just that. Give one of them another: see Identifiers in"
                                + " docs/storage.md")
                .orElse(who
                        + " has a compared form that is another, as a former release stores it while this one runs;"
                        + " run auth-server db migrate --refold");
    }

    private interface Question {
        List<String> answer(Handle handle);
    }

    private void slow(String what, Question question, Consumer<String> problems) {
        database.run(
                what,
                handle -> Unhurried.run(handle, () -> {
                    question.answer(handle).forEach(problems);
                    return true;
                }));
    }

    private List<String> halves(Handle handle, String column) {
        return handle.createQuery("SELECT id FROM " + names.table("users") + " WHERE (" + column + " IS NULL) <> ("
                        + column + "_folded IS NULL) ORDER BY id")
                .map((row, context) -> "user " + row.getLong("id") + " has only one of " + column + " and " + column
                        + "_folded: give both or none")
                .list();
    }

    // Compares an expression, so that the database reads the rows and not the index, which may be damaged.
    private List<String> shared(Handle handle, String column) {
        return handle.createQuery("SELECT count(*) AS users, min(id) AS first, max(id) AS last FROM "
                        + names.table("users") + " WHERE " + column + " IS NOT NULL GROUP BY CAST(" + column
                        + " AS TEXT) || '' HAVING count(*) > 1")
                .map((row, context) -> row.getLong("users") + " users have the same " + column + ", such as "
                        + row.getLong("first") + " and " + row.getLong("last"))
                .list();
    }
}
