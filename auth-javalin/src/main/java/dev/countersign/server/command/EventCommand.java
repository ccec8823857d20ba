package dev.countersign.server.command;

import com.google.common.collect.ImmutableMap;
import dev.countersign.event.EventKind;
import dev.countersign.event.EventLine;
import dev.countersign.event.EventQuery;
import dev.countersign.event.EventRecord;
import dev.countersign.internal.yaml.Durations;
import dev.countersign.internal.yaml.NearestName;
import dev.countersign.json.Json;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.text.JsonText;
import dev.countersign.server.Users;
import dev.countersign.server.config.ConfigException;
import dev.countersign.user.UserId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Commands for security events; a server may run on the same database at the same time. */
@Command(
        mixinStandardHelpOptions = true,
        name = "event",
        description = "List security events; works while the server runs.",
        synopsisSubcommandLabel = "COMMAND")
final class EventCommand implements Runnable, ConfiguredCommand {

    private static final String TIME =
            "a time before now such as 2h or 7d, a day such as 2026-11-30, or a time such as 2026-11-30T08:00:00Z";

    private final Terminal terminal;
    private final InstantSource clock = InstantSource.system();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    EventCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "a command is missing: " + String.join(", ", spec.subcommands().keySet()));
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "list",
            description =
                    "List the stored security events, the latest first, one per line, with tab-separated columns.")
    int list(
            @Option(
                            names = "--user",
                            paramLabel = "USER",
                            description = "only events about this user: " + UserCommand.NAMED
                                    + "; the number also of a deleted user")
                    @Nullable
                    String user,
            @Option(names = "--since", paramLabel = "TIME", description = "only events from then on: " + TIME) @Nullable
                    String since,
            @Option(names = "--until", paramLabel = "TIME", description = "only events before then: " + TIME) @Nullable
                    String until,
            @Option(
                            names = "--kind",
                            paramLabel = "KIND",
                            description = "only events of this kind, such as login_refused")
                    @Nullable
                    String kind,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "100",
                            description = "the most events, 1 to " + EventQuery.MOST + " (default 100)")
                    int limit,
            @Option(names = "--json", description = "print one JSON object per line instead") boolean json)
            throws ConfigException {
        if (limit < 1 || limit > EventQuery.MOST) {
            throw usage("--limit is " + limit + ": a number from 1 to " + EventQuery.MOST);
        }
        Optional<Instant> from = time("--since", since);
        Optional<Instant> to = time("--until", until);
        Optional<String> chosen = kind(kind);
        try (Users users = Users.existing(ConfiguredCommand.config(subcommand(), terminal))) {
            Optional<UserId> id = user == null ? Optional.empty() : users.number(user);
            if (user != null && id.isEmpty()) {
                terminal.err()
                        .println("there is no user " + user
                                + "; user list shows all, and id:NUMBER finds the events of a deleted one");
                return AuthCommand.REFUSED;
            }
            print(users.events(new EventQuery(id, chosen, from, to, limit)), limit, json);
            return AuthCommand.DONE;
        }
    }

    private void print(List<EventRecord> events, int limit, boolean json) {
        if (!json) {
            terminal.out()
                    .println(String.join("\t", "TIME", "EVENT", "USER", "BY", "ADDRESS", "MOUNT", "DETAILS", "CLIENT"));
        }
        events.forEach(event -> terminal.out().println(json ? JsonText.write(json(event)) : line(event)));
        terminal.out().flush();
        if (events.size() == limit && !json) {
            terminal.err().println("there may be older events; --until and --limit show more");
        }
    }

    private static String line(EventRecord event) {
        String details = event.details().entrySet().stream()
                .map(detail -> detail.getKey() + "=" + EventLine.escaped(detail.getValue()))
                .collect(Collectors.joining(" "));
        return String.join(
                "\t",
                event.at().toString(),
                event.kind(),
                event.user().map(UserId::toString).orElse("-"),
                event.by(),
                text(event.address()),
                text(event.mount()),
                details.isEmpty() ? "-" : details,
                text(event.client()));
    }

    private static String text(String text) {
        return text.isEmpty() ? "-" : EventLine.escaped(text);
    }

    private static JsonObject json(EventRecord event) {
        ImmutableMap.Builder<String, Json> members = ImmutableMap.builder();
        members.put("time", new JsonString(event.at().toString()));
        members.put("event", new JsonString(event.kind()));
        event.user().ifPresent(user -> members.put("user", JsonNumber.of(user.value())));
        members.put("by", new JsonString(event.by()));
        Map<String, String> texts =
                ImmutableMap.of("address", event.address(), "mount", event.mount(), "client", event.client());
        texts.forEach((name, value) -> {
            if (!value.isEmpty()) {
                members.put(name, new JsonString(value));
            }
        });
        ImmutableMap.Builder<String, Json> details = ImmutableMap.builder();
        event.details().forEach((name, value) -> details.put(name, new JsonString(value)));
        members.put("details", JsonObject.of(details.buildOrThrow()));
        return JsonObject.of(members.buildOrThrow());
    }

    private Optional<String> kind(@Nullable String label) {
        if (label == null || EventKind.of(label).isPresent()) {
            return Optional.ofNullable(label);
        }
        List<String> labels =
                Arrays.stream(EventKind.values()).map(EventKind::label).toList();
        throw usage("there is no kind of event " + EventLine.escaped(label)
                + NearestName.to(label, labels)
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("; the kinds are " + String.join(", ", labels)));
    }

    private Optional<Instant> time(String option, @Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    Durations.parse(text).isPresent()
                            ? clock.instant().minus(Durations.parse(text).get())
                            : text.length() == 10
                                    ? LocalDate.parse(text)
                                            .atStartOfDay(ZoneOffset.UTC)
                                            .toInstant()
                                    : OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException noTime) {
            throw usage(option + " is " + EventLine.escaped(text) + ": " + TIME);
        }
    }

    private ParameterException usage(String problem) {
        return new ParameterException(subcommand().commandLine(), problem);
    }

    private CommandSpec subcommand() {
        return spec.commandLine().getParseResult().subcommand().commandSpec();
    }
}
