package dev.countersign.proof;

import dev.countersign.crypto.bcrypt.BcryptPasswordHasher;
import dev.countersign.jdbi.JdbiAuthStores;
import dev.countersign.json.JsonString;
import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.port.UserStore;
import dev.countersign.proof.Account.State;
import dev.countersign.proof.Account.Verified;
import dev.countersign.testkit.fixture.SeededRandom;
import dev.countersign.user.Identifier;
import dev.countersign.user.StoredUser;
import dev.countersign.user.User;
import dev.countersign.user.UserId;
import dev.countersign.user.UserKey;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Compares what the clients were told with what the database has. */
final class Audit {

    private static final String HALVES =
            "SELECT count(*) FROM auth_users WHERE password_hash IS NULL OR email_folded IS NULL"
                    + " OR username_folded IS NULL OR created_at IS NULL OR version < 1";

    private final Jdbi jdbi;
    private final String integrityCheck;
    private final UserStore users;
    private final BcryptPasswordHasher hasher = new BcryptPasswordHasher(10, new SeededRandom(7));

    private Audit(String url, String integrityCheck) {
        this.jdbi = Jdbi.create(url);
        this.integrityCheck = integrityCheck;
        this.users = JdbiAuthStores.over(jdbi).users();
    }

    static Audit ofSqlite(String url) {
        return new Audit(url, "PRAGMA integrity_check");
    }

    /** Every index against its table, and every row of the table against its index. */
    static Audit ofPostgres(String url) {
        Audit audit = new Audit(
                url,
                "SELECT coalesce(string_agg(bt_index_check(indexrelid, true)::text, ''), 'ok')"
                        + " FROM pg_index WHERE indrelid = 'auth_users'::regclass");
        audit.jdbi.useHandle(handle -> handle.execute("CREATE EXTENSION IF NOT EXISTS amcheck"));
        return audit;
    }

    /** Throws if anything is lost, half there or there without having been sent. */
    void check(List<Account> accounts) {
        checkWhole();
        Set<String> known = new HashSet<>();
        for (Account account : accounts) {
            known.add(account.username());
            check(account);
        }
        checkNobodyElse(known);
    }

    private void check(Account account) {
        Optional<StoredUser> found = users.find(new UserKey.ByUsername(Identifier.typed(account.username())));
        if (found.isEmpty()) {
            require(account.acknowledged().isEmpty(), account.username() + " was acknowledged and is lost");
            return;
        }
        User user = found.get().user();
        String bio = user.attributes()
                .get("bio")
                .map(json -> json instanceof JsonString text ? text.value() : "no text")
                .orElse("");
        State state = account.acknowledged()
                .filter(acknowledged -> bio(account, acknowledged).equals(bio))
                .or(() -> account.pending()
                        .filter(pending -> bio(account, pending).equals(bio)))
                .orElseThrow(() -> new IllegalStateException(account.username() + " has '" + bio
                        + "', not what was acknowledged: " + account.acknowledged()));
        require(user.email() != null && user.email().text().equals(account.email()), account.username() + ": e-mail");
        checkPassword(account, state, found.get().hash());
    }

    // A registration sends no note.
    private static String bio(Account account, State state) {
        return state.note() == 0 ? "" : account.bio(state);
    }

    private void checkPassword(Account account, State state, @Nullable PasswordHash hash) {
        require(hash != null, account.username() + " has no password");
        Verified seen = new Verified(hash.revealForStorage(), state.passwordNumber());
        if (account.verified().filter(seen::equals).isEmpty()) {
            try (RawPassword password = RawPassword.of(account.password(state))) {
                require(hasher.verify(password, hash), account.username() + " has another password than its note says");
            }
            account.verify(seen);
        }
    }

    private void checkNobodyElse(Set<String> known) {
        UserId last = null;
        List<User> page = users.page(null, 1000);
        while (!page.isEmpty()) {
            for (User user : page) {
                require(
                        user.username() != null
                                && known.contains(user.username().text()),
                        "nobody registered user " + user.id());
                last = user.id();
            }
            page = users.page(last, 1000);
        }
    }

    private void checkWhole() {
        jdbi.useHandle(handle -> {
            String answer =
                    handle.createQuery(integrityCheck).mapTo(String.class).one();
            require(answer.isEmpty() || answer.equals("ok"), integrityCheck + ": " + answer);
            require(handle.createQuery(HALVES).mapTo(Long.class).one() == 0, "users are half there");
        });
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
