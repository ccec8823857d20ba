package dev.countersign.server.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;

/** Shorthand of the command line: the default command, and words for {@code --help} and {@code --version}. */
final class Arguments {

    private static final String DEFAULT = "serve";
    private static final String HELP_FLAG = "--help";
    private static final String VERSION_FLAG = "--version";
    private static final String HELP = "help";
    private static final Set<String> ROOT_FLAGS = Set.of("-h", HELP_FLAG, "-V", VERSION_FLAG);

    private Arguments() {}

    /** Expands shorthand: no command means {@code serve}, {@code help user add} means {@code user add --help}, {@code version} means {@code --version}. */
    static String[] expand(String[] given, CommandLine line) {
        List<String> all = new ArrayList<>(Arrays.asList(given));
        if (given.length == 0 || (given[0].startsWith("-") && !ROOT_FLAGS.contains(given[0]))) {
            all.add(0, DEFAULT);
        } else if (given[0].equals("version")) {
            all.set(0, VERSION_FLAG);
        } else if (given[0].equals(HELP) || isHelpOfGroup(given, line)) {
            all.remove(HELP);
            if (isCommand(all, line)) {
                all.add(HELP_FLAG);
            }
        }
        return all.toArray(String[]::new);
    }

    /** Whether there is a command of these words; none are the program itself. */
    private static boolean isCommand(List<String> words, CommandLine line) {
        CommandLine command = line;
        for (String word : words) {
            command = command == null ? null : command.getSubcommands().get(word);
        }
        return command != null;
    }

    private static boolean isHelpOfGroup(String[] given, CommandLine line) {
        CommandLine group = line.getSubcommands().get(given[0]);
        return group != null && !group.getSubcommands().isEmpty() && given.length > 1 && given[1].equals(HELP);
    }
}
