package dev.countersign.server.command;

import dev.countersign.jdbi.table.ScannedUser;
import dev.countersign.jdbi.table.UserScan;
import dev.countersign.server.Users;
import dev.countersign.server.config.ConfigException;
import dev.countersign.user.Identifier;
import dev.countersign.user.User;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists users. */
@Command(
        mixinStandardHelpOptions = true,
        name = "list",
        description = "List the users, one per line, with tab-separated columns.")
final class UserListCommand implements Callable<Integer> {

    /** The first line. */
    static final String HEADING =
            String.join("\t", "ID", "EMAIL", "USERNAME", "STATUS", "CREATED", "LAST LOGIN", "UUID");

    private static final int PAGE = 1000;

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    UserListCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws ConfigException {
        boolean complete = true;
        try (Users users = Users.existing(ConfiguredCommand.config(spec, terminal))) {
            terminal.out().println(HEADING);
            UserScan scan = users.scan();
            List<ScannedUser> page = scan.page(Long.MIN_VALUE, PAGE);
            while (!page.isEmpty() && !terminal.out().checkError()) {
                for (ScannedUser row : page) {
                    complete &= print(row);
                }
                page = scan.page(page.get(page.size() - 1).id(), PAGE);
            }
        }
        terminal.out().flush();
        return complete ? AuthCommand.DONE : AuthCommand.REFUSED;
    }

    private boolean print(ScannedUser row) {
        if (row.stored() == null) {
            terminal.err().println(row.flaw() + "; auth-server db check lists all that is damaged");
            return false;
        }
        terminal.out().println(line(row.stored().user()));
        return true;
    }

    static String line(User user) {
        return String.join(
                "\t",
                user.id().toString(),
                text(user.email()),
                text(user.username()),
                user.status().name().toLowerCase(Locale.ROOT),
                time(user.createdAt()),
                time(user.lastLoginAt()),
                user.uuid().toString());
    }

    private static String text(@Nullable Identifier identifier) {
        return identifier == null ? "-" : identifier.text();
    }

    private static String time(@Nullable Instant instant) {
        return instant == null ? "-" : instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
