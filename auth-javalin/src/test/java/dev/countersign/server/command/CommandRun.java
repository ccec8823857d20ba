package dev.countersign.server.command;

import dev.countersign.server.UsedSecrets;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a command that ran in this process returned and wrote. */
public record CommandRun(int code, String out, String err) {

    private static final Pattern PROGRESS = Pattern.compile("( *\\d+ %, )?[\\d,]+ rows, [\\d,]+/s(, .*)?");

    /** Commands that print hashes, or a file as it is, by design. */
    private static final Pattern PRINTS_SECRETS = Pattern.compile("^(user export|dialect|serve)");

    /** What was said on standard error, but for how far a transfer is: that is told when it takes long. */
    String complaints() {
        return err.lines().filter(line -> !PROGRESS.matcher(line).matches()).collect(Collectors.joining("\n"));
    }

    /** {@return the run of a command without any input} */
    public static CommandRun of(String... arguments) {
        return withInput("", arguments);
    }

    /** {@return the run of a command that reads from standard input} */
    public static CommandRun withInput(String input, String... arguments) {
        return with(Map.of(), input, arguments);
    }

    public static CommandRun with(Map<String, String> environment, String input, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                environment);
        int code = AuthCommand.run(terminal, arguments);
        CommandRun run =
                new CommandRun(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        UsedSecrets.output(
                "command",
                run.err + (PRINTS_SECRETS.matcher(String.join(" ", arguments)).find() ? "" : run.out));
        return run;
    }
}
