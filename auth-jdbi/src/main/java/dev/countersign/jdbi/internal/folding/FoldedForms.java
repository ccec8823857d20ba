package dev.countersign.jdbi.internal.folding;

import com.google.common.hash.Hashing;
import dev.countersign.user.Identifier;
import dev.countersign.user.StoredUser;
import dev.countersign.user.User;
import dev.countersign.user.UserKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * The folded forms under which an identifier may be stored.
 *
 * @param folded the form of this release, which all new rows have
 * @param shared the form of a row whose folded form belongs to another row: the folded form, U+001F and a digest of the former form
 * @param former the form of releases before schema version 3
 */
public record FoldedForms(String folded, String shared, String former) {

    /** Separates the folded form from the digest. No identifier contains it. */
    static final char SEPARATOR = '\u001F';

    private static final int DIGITS = 32;

    /** The forms of an identifier. If the folded and the former form are equal, all three are: no row ever needed another. */
    public static FoldedForms of(Identifier identifier) {
        String folded = identifier.folded();
        String former = identifier.formerlyFolded();
        return folded.equals(former)
                ? new FoldedForms(folded, folded, folded)
                : new FoldedForms(folded, shared(folded, former), former);
    }

    private static String shared(String folded, String former) {
        String digest =
                Hashing.sha256().hashString(former, StandardCharsets.UTF_8).toString();
        return folded + SEPARATOR + digest.substring(0, DIGITS);
    }

    public boolean isOne() {
        return folded.equals(former);
    }

    /** Binds the forms for an update: a row that has the shared form of the same identifier keeps it. */
    public static <S extends SqlStatement<S>> S bindShared(
            S statement, @Nullable Identifier email, @Nullable Identifier username) {
        return statement
                .bind("email_shared", email == null ? null : of(email).shared())
                .bind("username_shared", username == null ? null : of(username).shared());
    }

    public Query bindTo(Query query) {
        return query.bind("folded", folded).bind("shared", shared).bind("former", former);
    }

    /**
     * Chooses among the rows found by any of the forms: the row whose identifier equals the typed one. If several are equal, the one with exactly the
     * typed spelling, otherwise the one that former releases found; empty if neither decides.
     */
    public static Optional<StoredUser> choose(List<StoredUser> found, UserKey key) {
        Identifier typed = identifier(key);
        if (typed == null) {
            return found.stream().findFirst();
        }
        List<StoredUser> best = List.of();
        int bestRank = Integer.MAX_VALUE;
        for (StoredUser stored : found) {
            Identifier other = identifier(stored.user(), key);
            if (other != null && typed.equals(other) && rank(typed, other) <= bestRank) {
                best = rank(typed, other) < bestRank ? List.of(stored) : List.of(best.get(0), stored);
                bestRank = rank(typed, other);
            }
        }
        return best.size() == 1 ? Optional.of(best.get(0)) : Optional.empty();
    }

    private static int rank(Identifier typed, Identifier stored) {
        if (stored.text().equals(typed.text())) {
            return 0;
        }
        return stored.formerlyFolded().equals(typed.formerlyFolded()) ? 1 : 2;
    }

    private static @Nullable Identifier identifier(UserKey key) {
        if (key instanceof UserKey.ByEmail byEmail) {
            return byEmail.email();
        }
        return key instanceof UserKey.ByUsername byUsername ? byUsername.username() : null;
    }

    private static @Nullable Identifier identifier(User user, UserKey key) {
        return key instanceof UserKey.ByEmail ? user.email() : user.username();
    }
}
