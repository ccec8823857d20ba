package dev.countersign.server.command;

import dev.countersign.password.PasswordHash;
import dev.countersign.port.UserStore;
import dev.countersign.server.StoredHashes;
import dev.countersign.server.Users;
import dev.countersign.server.config.ConfigException;
import dev.countersign.user.StoredUser;
import dev.countersign.user.UserId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Counts stored hashes by algorithm and cost. */
@Command(
        mixinStandardHelpOptions = true,
        name = "hashes",
        description =
                "Count the stored hashes by algorithm, cost and pepper. Shows how many users have not logged in since an import or"
                        + " since the cost was changed. Reads all users.")
final class UserHashesCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    UserHashesCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws ConfigException {
        Map<String, Long> kinds = new TreeMap<>();
        try (Users users = Users.unchanged(ConfiguredCommand.config(spec, terminal))) {
            UserId after = null;
            List<StoredUser> page = users.bulk().page(after, UserStore.LARGEST_PAGE);
            while (!page.isEmpty()) {
                page.forEach(user -> kinds.merge(kind(users.hashes(), user.hash()), 1L, Long::sum));
                after = page.get(page.size() - 1).user().id();
                page = users.bulk().page(after, UserStore.LARGEST_PAGE);
            }
        }
        terminal.out().println(String.join("\t", "USERS", "HASH"));
        kinds.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .forEach(kind -> terminal.out().println(kind.getValue() + "\t" + kind.getKey()));
        terminal.out().flush();
        return AuthCommand.DONE;
    }

    private static String kind(StoredHashes hashes, @Nullable PasswordHash hash) {
        if (hash == null) {
            return "no password";
        }
        String kind = hashes.kind(hash);
        if (hashes.trouble(hash).isPresent()) {
            return kind + "; these users need a new password or the missing pepper";
        }
        return hashes.hasher().outdated(hash) ? kind + "; replaced at the next login" : kind;
    }
}
