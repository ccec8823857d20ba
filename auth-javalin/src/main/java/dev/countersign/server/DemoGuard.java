package dev.countersign.server;

import dev.countersign.port.PasswordHasher;
import dev.countersign.port.UserStore;
import dev.countersign.server.config.ConfigException;
import dev.countersign.user.StoredUser;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refuses to serve users with published passwords to other machines, and warns at every start that they exist. */
final class DemoGuard {

    private static final Logger LOG = LoggerFactory.getLogger(DemoGuard.class);

    private DemoGuard() {}

    /** Searches for a user of an earlier {@code --demo} whose published password still works. Costs one look-up per demonstration user. */
    static void check(ListeningPort port, UserStore users, PasswordHasher hasher) throws ConfigException {
        Optional<StoredUser> open = DemoUsers.stored(users)
                .filter(found -> found.user().user().status().mayLogIn())
                .filter(DemoUsers.published(hasher))
                .map(DemoUsers.Found::user)
                .findFirst();
        if (open.isPresent()) {
            String there = "users of --demo are in the database";
            checkReach(port, there);
            LOG.warn(
                    "{}, such as number {}, and EVERYBODY KNOWS their passwords: auth-server user delete --demo removes"
                            + " them",
                    there,
                    open.get().user().id());
        }
    }

    /** Refuses an address that other machines can reach. */
    static void checkReach(ListeningPort port, String what) throws ConfigException {
        if (!port.isPrivate()) {
            throw new ConfigException(what + " whose passwords everybody knows, and others can reach " + port.host()
                    + ": leave --host at 127.0.0.1, or run auth-server user delete --demo and start without --demo;"
                    + " --demo-for-everybody allows it");
        }
    }
}
