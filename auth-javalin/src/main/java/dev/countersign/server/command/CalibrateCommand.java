package dev.countersign.server.command;

import dev.countersign.crypto.bcrypt.BcryptPasswordHasher;
import dev.countersign.internal.yaml.Durations;
import dev.countersign.server.HashSpeed;
import dev.countersign.server.config.Setting;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Proposes a bcrypt cost for this machine. Needs no database. */
@Command(
        mixinStandardHelpOptions = true,
        name = "calibrate",
        description = "Measure bcrypt on this machine and propose a cost. Takes a few seconds and all processors;"
                + " needs no database and changes nothing.")
final class CalibrateCommand implements Callable<Integer> {

    private static final int MOST_THREADS = 1024;
    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--target",
            paramLabel = "TIME",
            defaultValue = "250ms",
            description = "the longest time that a hash may take, 10ms to 10s (default 250ms)")
    private String target = "250ms";

    @Option(
            names = "--threads",
            paramLabel = "N",
            description =
                    "how many passwords are hashed at the same time, as in hash_permits (default one per processor)")
    private int threads = Runtime.getRuntime().availableProcessors();

    CalibrateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Duration longest = Durations.parse(target)
                .filter(time -> time.compareTo(SHORTEST) >= 0 && time.compareTo(LONGEST) <= 0)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "--target is " + target + ": a time from 10ms to 10s, such as 250ms"));
        if (threads < 1 || threads > MOST_THREADS) {
            throw new ParameterException(
                    spec.commandLine(), "--threads is " + threads + ": a number from 1 to " + MOST_THREADS);
        }
        int proposed = propose(longest);
        terminal.out().println();
        if (proposed < BcryptPasswordHasher.LOWEST_COST) {
            proposed = BcryptPasswordHasher.LOWEST_COST;
            terminal.out()
                    .println("No cost keeps to " + target + " here; " + proposed + " is the lowest that is accepted.");
        }
        terminal.out()
                .println("Proposed: " + Setting.BCRYPT_COST.flag() + " " + proposed + " (or "
                        + Setting.BCRYPT_COST.key() + ": " + proposed + " in the configuration file)");
        terminal.out().flush();
        return AuthCommand.DONE;
    }

    /** The highest cost within the time; one less than the lowest cost if there is none. */
    private int propose(Duration longest) {
        int proposed = BcryptPasswordHasher.LOWEST_COST - 1;
        for (int cost = BcryptPasswordHasher.LOWEST_COST; cost <= BcryptPasswordHasher.HIGHEST_COST; cost++) {
            HashSpeed speed = HashSpeed.measure(cost, threads);
            boolean keeps = speed.each().compareTo(longest) <= 0;
            terminal.out().println(speed + (keeps ? "" : ", above " + target));
            terminal.out().flush();
            if (!keeps) {
                return proposed;
            }
            proposed = cost;
        }
        return proposed;
    }
}
