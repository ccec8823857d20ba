package dev.countersign.server.command;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonString;
import dev.countersign.server.Users;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.usecase.UserChange;
import dev.countersign.user.AttributeChange;
import dev.countersign.user.User;
import dev.countersign.user.UserStatus;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Changes a user's names, status and attributes. */
@Command(
        mixinStandardHelpOptions = true,
        name = "set",
        description = {
            "Change a user: all given fields together, or none. email, username and status (active or disabled) are the"
                    + " user's own; every other name is a free attribute, as in user add --set.",
            "For example: user set ada@example.com username=ada 'roles=[\"admin\"]' verified=true address.city=Paris"
        })
final class UserSetCommand implements Callable<Integer> {

    private static final ImmutableMap<String, String> ELSEWHERE = ImmutableMap.of(
            "password", "run user set-password",
            "password_hash", "run user set-password, or user import --update",
            "id", "a user's number never changes",
            "uuid", "a user's UUID never changes",
            "created_at", "run user import --update",
            "last_login_at", "logins write it",
            "sessions", "run session end");
    private static final String OWN = "attributes.";

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "USER", description = UserCommand.NAMED)
    private String user = "";

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "FIELD=VALUE",
            description = "a field; address.city=Paris nests, a value that is JSON keeps its type, null empties"
                    + " an attribute, and attributes.email=E is the attribute with that name")
    private List<String> fields = List.of();

    @Option(
            names = "--numeric-username",
            description = "the username is a JSON number in tokens and answers, as in some old systems")
    private boolean numeric;

    UserSetCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws ConfigException {
        UserChange change = change();
        ServerConfig config = ConfiguredCommand.config(spec, terminal);
        try (Users users = Users.existing(config)) {
            Optional<User> found = users.find(user);
            if (found.isEmpty()) {
                terminal.err().println(UserProblems.noUser(user));
                return AuthCommand.REFUSED;
            }
            return users.update(found.get().id(), change)
                    .fold(
                            updated -> {
                                terminal.out()
                                        .println(
                                                "changed user " + updated.user().id());
                                return AuthCommand.DONE;
                            },
                            refused -> {
                                terminal.err().println(UserProblems.reason(refused, config));
                                return AuthCommand.REFUSED;
                            });
        }
    }

    private UserChange change() throws ConfigException {
        UserChange.Builder change = UserChange.builder();
        ImmutableList.Builder<AttributeChange> attributes = ImmutableList.builder();
        Set<String> seen = new HashSet<>();
        for (String field : fields) {
            int equals = field.indexOf('=');
            if (equals < 1) {
                throw wrong("not FIELD=VALUE: " + field);
            }
            String name = field.substring(0, equals);
            String value = field.substring(equals + 1);
            if (!seen.add(name)) {
                throw wrong(name + " is given twice");
            }
            String elsewhere = ELSEWHERE.get(name);
            if (elsewhere != null) {
                throw wrong(
                        name + " is not changed here: " + elsewhere + "; an attribute of that name is " + OWN + name);
            }
            switch (name) {
                case "email" -> change.email(allowed(name, value));
                case "username" -> username(change, allowed(name, value));
                case "status" -> change.status(status(value));
                default -> attributes.add(attribute(name.startsWith(OWN) ? name.substring(OWN.length()) : name, value));
            }
        }
        if (numeric && !seen.contains("username")) {
            throw wrong("--numeric-username needs username=DIGITS");
        }
        return change.attributes(attributes.build()).build();
    }

    private AttributeChange attribute(String name, String value) {
        List<String> path = Splitter.on('.').splitToList(name);
        if (path.contains("")) {
            throw wrong("an attribute's name has an empty part: " + name);
        }
        return new AttributeChange(path, UserAddCommand.value(value));
    }

    private void username(UserChange.Builder change, String value) {
        if (!numeric) {
            change.username(new JsonString(value));
            return;
        }
        if (!value.matches(UserAddCommand.DIGITS)) {
            throw wrong("--numeric-username takes a username of digits that starts with no zero");
        }
        change.username(new JsonNumber(new BigDecimal(value)));
    }

    private UserStatus status(String value) {
        return switch (value) {
            case "active" -> UserStatus.ACTIVE;
            case "disabled" -> UserStatus.DISABLED;
            default -> throw wrong("status is active or disabled, not " + value);
        };
    }

    private static String allowed(String field, String value) throws ConfigException {
        if (value.isEmpty()) {
            throw new ConfigException(field + " cannot be removed here; nothing was changed");
        }
        Optional<String> forbidden = UserProblems.forbidden(field, value);
        if (forbidden.isPresent()) {
            throw new ConfigException(forbidden.get());
        }
        return value;
    }

    private ParameterException wrong(String why) {
        return new ParameterException(spec.commandLine(), why);
    }
}
