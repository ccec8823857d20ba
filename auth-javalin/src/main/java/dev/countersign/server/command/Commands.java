package dev.countersign.server.command;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Runs any command. */
final class Commands {

    private Commands() {}

    static int run(Terminal terminal, String... arguments) {
        CommandLine line = new CommandLine(new AuthCommand(), new CommandFactory(terminal));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setOut(terminal.writer());
        line.setErr(terminal.errors());
        prepare(line.getCommandSpec());
        line.setExecutionExceptionHandler((failed, command, parsed) -> Failures.print(failed, terminal.err()));
        line.setParameterExceptionHandler(new UsageErrors(terminal.err()));
        return line.execute(Arguments.expand(arguments, line));
    }

    private static String version() {
        String version = AuthCommand.class.getPackage().getImplementationVersion();
        return "auth-server " + (version == null ? "of an unknown version: it does not run from its jar" : version);
    }

    private static void prepare(CommandSpec spec) {
        if (spec.userObject() instanceof ConfiguredCommand) {
            ConfiguredCommand.addFlags(spec);
        }
        spec.version(version());
        spec.subcommands().values().forEach(sub -> prepare(sub.getCommandSpec()));
    }
}
