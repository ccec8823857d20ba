package dev.countersign.server.command;

import dev.countersign.internal.yaml.NearestName;
import dev.countersign.server.config.Setting;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Prints an error of the command line in one line, with the closest valid word. Arguments that may be passwords are not repeated. */
final class UsageErrors implements CommandLine.IParameterExceptionHandler {

    private final PrintStream err;

    UsageErrors(PrintStream err) {
        this.err = err;
    }

    @Override
    public int handleParseException(ParameterException wrong, String[] given) {
        CommandSpec spec = wrong.getCommandLine().getCommandSpec();
        CommandSpec meant = meant(wrong, spec);
        String reason = meant.equals(spec)
                ? reason(wrong, spec)
                : "the command comes first and its flags after it: " + meant.qualifiedName();
        err.println(reason + " (see " + meant.qualifiedName() + " --help)");
        return CommandLine.ExitCode.USAGE;
    }

    /** The command that was given after flags, which the default command cannot take; otherwise the one that was given. */
    private static CommandSpec meant(ParameterException wrong, CommandSpec spec) {
        if (!(wrong instanceof CommandLine.UnmatchedArgumentException unmatched)
                || !named(spec).isEmpty()
                || !named(spec.root()).containsKey(unmatched.getUnmatched().get(0))) {
            return spec;
        }
        CommandSpec meant = spec.root();
        for (String word : unmatched.getUnmatched()) {
            CommandSpec next = named(meant).get(word);
            if (next == null) {
                return meant;
            }
            meant = next;
        }
        return meant;
    }

    private static String reason(ParameterException wrong, CommandSpec spec) {
        if (wrong instanceof CommandLine.UnmatchedArgumentException unmatched) {
            return unmatched(unmatched.getUnmatched(), spec);
        }
        if (wrong instanceof CommandLine.MissingParameterException missing) {
            return missing.getMissing().stream().map(UsageErrors::missing).collect(Collectors.joining("; "));
        }
        if (wrong instanceof CommandLine.OverwrittenOptionException twice
                && twice.getOverwritten() instanceof OptionSpec option) {
            return option.longestName() + " is given twice";
        }
        return value(wrong).orElseGet(() -> String.valueOf(wrong.getMessage()));
    }

    private static String unmatched(List<String> arguments, CommandSpec spec) {
        if (arguments.stream().anyMatch(argument -> argument.matches("(?s)--[a-z-]*password(=.*)?"))) {
            return "no flag takes a password: every user of the machine can see arguments";
        }
        return arguments.stream()
                .filter(argument -> argument.startsWith("-") && argument.length() > 1)
                .findFirst()
                .map(flag -> flag(flag.split("=", 2)[0], spec))
                .orElseGet(() -> word(arguments.get(0), spec));
    }

    private static String flag(String flag, CommandSpec spec) {
        if (Stream.of(Setting.values()).anyMatch(setting -> setting.flag().equals(flag))
                || flag.equals(ConfiguredCommand.FILE)) {
            return spec.qualifiedName() + " reads no settings; leave out " + flag;
        }
        String elsewhere = all(spec.root())
                .filter(other -> other.findOption(flag) != null)
                .map(other -> "; " + other.qualifiedName() + " has it")
                .findFirst()
                .orElse("");
        List<String> known =
                spec.options().stream().map(OptionSpec::longestName).toList();
        String advice = elsewhere.isEmpty()
                ? NearestName.to(flag, known)
                        .map(name -> "; did you mean " + name + "?")
                        .orElse("")
                : elsewhere;
        return spec.qualifiedName() + " has no flag " + flag + advice;
    }

    private static Stream<CommandSpec> all(CommandSpec spec) {
        return Stream.concat(Stream.of(spec), named(spec).values().stream().flatMap(UsageErrors::all));
    }

    private static Map<String, CommandSpec> named(CommandSpec spec) {
        return spec.subcommands().entrySet().stream()
                .filter(sub -> !sub.getValue().getCommandSpec().usageMessage().hidden())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, sub -> sub.getValue().getCommandSpec()));
    }

    private static String word(String word, CommandSpec spec) {
        Map<String, CommandSpec> commands = named(spec);
        if (!commands.isEmpty()) {
            return spec.qualifiedName() + " has no command " + word + "; "
                    + NearestName.advice(
                            word, commands.keySet().stream().sorted().toList());
        }
        return spec.qualifiedName() + " takes fewer arguments";
    }

    private static String missing(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? option.longestName() + " needs a value, " + option.paramLabel()
                : argument.paramLabel() + " is missing";
    }

    /** The message about a value that is not one of the allowed words. */
    private static Optional<String> value(ParameterException wrong) {
        ArgSpec argument = wrong.getArgSpec();
        if (argument instanceof OptionSpec option && argument.type().isEnum() && wrong.getValue() != null) {
            List<String> words = Stream.of(argument.type().getEnumConstants())
                    .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                    .toList();
            return Optional.of(option.longestName() + " is " + wrong.getValue() + "; "
                    + NearestName.advice(wrong.getValue(), words));
        }
        return Optional.empty();
    }
}
