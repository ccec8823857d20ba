package dev.countersign.server.command;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import dev.countersign.json.Json;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.text.JsonSyntaxException;
import dev.countersign.json.text.JsonText;
import dev.countersign.password.RawPassword;
import dev.countersign.server.Users;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.files.FileTrouble;
import dev.countersign.usecase.Registration;
import dev.countersign.user.AttributeChange;
import dev.countersign.user.User;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Adds a user. */
@Command(
        mixinStandardHelpOptions = true,
        name = "add",
        description = "Add a user. The password is asked for at the terminal, or read as one line of standard input.")
final class UserAddCommand implements Callable<Integer> {

    /** A username that can be a JSON number. */
    static final String DIGITS = "0|[1-9][0-9]{0,17}";

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--email", paramLabel = "E", description = "the e-mail address")
    private @Nullable String email;

    @Option(names = "--username", paramLabel = "U", description = "the username")
    private @Nullable String username;

    @Option(
            names = "--numeric-username",
            description = "the username is a JSON number in tokens and answers, as in some old systems")
    private boolean numeric;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "a free attribute; address.city=Paris nests, and a value that is JSON keeps its type")
    private List<String> attributes = new ArrayList<>();

    UserAddCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws ConfigException {
        if (email == null && username == null) {
            throw new ParameterException(spec.commandLine(), "a user needs --email or --username");
        }
        boolean emailForbidden = isForbidden("email", email);
        if (isForbidden("username", username) || emailForbidden) {
            return AuthCommand.REFUSED;
        }
        JsonObject set = attributes();
        Json name = username();
        ServerConfig config = ConfiguredCommand.config(spec, terminal);
        try (Users users = Users.open(config)) {
            users.made().ifPresent(terminal.out()::println);
            users.checkPepper();
            return add(users, name, set, config);
        } catch (IOException noPassword) {
            terminal.err().println(FileTrouble.of(noPassword));
            return AuthCommand.REFUSED;
        }
    }

    private int add(Users users, @Nullable Json name, JsonObject set, ServerConfig config) throws IOException {
        try (RawPassword password = password()) {
            return users.register(registration(name, set, password))
                    .fold(
                            registered -> added(registered.user()),
                            rejected -> refused(UserProblems.text(
                                    rejected.problems(), config.passwords().minimum())),
                            contended -> refused(
                                    "another process is adding the same names; nothing was changed, try again"));
        }
    }

    private Registration registration(@Nullable Json name, JsonObject set, RawPassword password) {
        Registration.Builder registration = Registration.builder(password).attributes(set);
        if (email != null) {
            registration.email(email);
        }
        if (name != null) {
            registration.username(name);
        }
        return registration.build();
    }

    private int added(User user) {
        terminal.out().println("added user " + user.id() + " (" + user.uuid() + ")");
        return AuthCommand.DONE;
    }

    private int refused(String why) {
        terminal.err().println(why);
        return AuthCommand.REFUSED;
    }

    private boolean isForbidden(String field, @Nullable String identifier) {
        Optional<String> forbidden = identifier == null ? Optional.empty() : UserProblems.forbidden(field, identifier);
        forbidden.ifPresent(terminal.err()::println);
        return forbidden.isPresent();
    }

    private RawPassword password() throws IOException {
        char[] typed = terminal.readPassword();
        RawPassword password = RawPassword.of(typed);
        Arrays.fill(typed, '\0');
        return password;
    }

    private @Nullable Json username() {
        if (!numeric) {
            return username == null ? null : new JsonString(username);
        }
        if (username == null || !username.matches(DIGITS)) {
            throw new ParameterException(
                    spec.commandLine(), "--numeric-username takes a --username of digits that starts with no zero");
        }
        return new JsonNumber(new BigDecimal(username));
    }

    private JsonObject attributes() {
        ImmutableList.Builder<AttributeChange> changes = ImmutableList.builder();
        for (String attribute : attributes) {
            int equals = attribute.indexOf('=');
            if (equals < 1) {
                throw new ParameterException(spec.commandLine(), "--set takes NAME=VALUE: " + attribute);
            }
            changes.add(new AttributeChange(
                    ImmutableList.copyOf(Splitter.on('.').split(attribute.substring(0, equals))),
                    value(attribute.substring(equals + 1))));
        }
        return AttributeChange.apply(JsonObject.EMPTY, changes.build());
    }

    static Json value(String text) {
        try {
            return JsonText.read(text);
        } catch (JsonSyntaxException plain) {
            return new JsonString(text);
        }
    }
}
