package dev.countersign.javalin.server;

import com.google.common.collect.ImmutableList;
import dev.countersign.crypto.migration.MigratingPasswordHasher;
import dev.countersign.crypto.zxcvbn.CommonPasswords;
import dev.countersign.javalin.server.config.ConfigException;
import dev.countersign.javalin.server.config.ServerConfig;
import dev.countersign.password.PasswordPolicy;
import dev.countersign.port.BulkUserStore;
import dev.countersign.usecase.RegisterUser;
import dev.countersign.usecase.UpdateUser;
import dev.countersign.user.Identifier;
import dev.countersign.user.IdentifierKind;
import dev.countersign.user.StoredUser;
import dev.countersign.user.User;
import dev.countersign.user.UserId;
import dev.countersign.user.UserKey;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The users of a server, for the command line: the same database, without the server. */
public final class Users implements AutoCloseable {

    /** The most characters of a password that is given on the command line. */
    public static final int LONGEST_PASSWORD = 64;

    private static final String BY_ID = "id:";

    private final Storage storage;
    private final MigratingPasswordHasher hasher;
    private final RegisterUser register;
    private final UpdateUser update;

    private Users(Storage storage, ServerConfig config) {
        InstantSource clock = InstantSource.system();
        SecureRandom random = new SecureRandom();
        this.hasher = Hashers.of(config, random);
        PasswordPolicy policy = new PasswordPolicy(config.passwordMinimum(), LONGEST_PASSWORD, new CommonPasswords());
        this.storage = storage;
        this.register = new RegisterUser(storage.users(), hasher, policy, clock, random);
        this.update = new UpdateUser(storage.users(), hasher, policy, clock);
    }

    /**
     * Opens the database; a server may run on it at the same time.
     *
     * @param config where it is
     * @return the users
     * @throws ConfigException if it cannot be opened
     */
    public static Users open(ServerConfig config) throws ConfigException {
        return new Users(Storage.open(config), config);
    }

    /**
     * Opens the database without bringing its tables up to date, whatever the settings say.
     *
     * @param config where it is
     * @return the users
     * @throws ConfigException if it cannot be opened, or if its tables are not up to date, with what to do
     */
    public static Users unchanged(ServerConfig config) throws ConfigException {
        return new Users(Storage.unchanged(config), config);
    }

    /** {@return what came of the registration} */
    public RegisterUser.Outcome register(RegisterUser.Registration registration) {
        return register.handle(registration);
    }

    /** {@return what came of the change} */
    public UpdateUser.Outcome update(UserId id, UpdateUser.Change change) {
        return update.handle(id, change);
    }

    /**
     * Finds a user.
     *
     * @param name an e-mail address, a username, or {@code id:} and the number
     * @return the user, or empty if there is none
     */
    public Optional<User> find(String name) {
        UserKey key = name.matches(BY_ID + "[1-9][0-9]{0,17}")
                ? new UserKey.ById(new UserId(Long.parseLong(name.substring(BY_ID.length()))))
                : IdentifierKind.EITHER.key(Identifier.typed(name));
        return storage.users().find(key).map(StoredUser::user);
    }

    /** {@return whether there was such a user, who is gone now} */
    public boolean delete(UserId id) {
        return storage.users().delete(id);
    }

    /** {@return the users after that number, at most a thousand} */
    public ImmutableList<User> page(@Nullable UserId after) {
        return storage.users().page(after, 1000);
    }

    /** {@return the users by the thousand, for import and export} */
    public BulkUserStore bulk() {
        return storage.bulkUsers();
    }

    /** {@return the hasher, which knows the hashes of other systems} */
    public MigratingPasswordHasher hasher() {
        return hasher;
    }

    @Override
    public void close() {
        storage.close();
    }
}
