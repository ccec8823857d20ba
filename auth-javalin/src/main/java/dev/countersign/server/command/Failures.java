package dev.countersign.server.command;

import dev.countersign.AuthFault;
import dev.countersign.server.DatabaseTrouble;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.files.FileTrouble;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import picocli.CommandLine;

/** Prints why a command failed. */
final class Failures implements CommandLine.IExecutionExceptionHandler {

    private static final String TRACE = "auth.trace";

    private final PrintStream err;

    Failures(PrintStream err) {
        this.err = err;
    }

    @Override
    public int handleExecutionException(Exception failed, CommandLine line, CommandLine.ParseResult parsed) {
        err.println(reason(failed));
        if (Boolean.getBoolean(TRACE)) {
            failed.printStackTrace(err);
        }
        return AuthCommand.REFUSED;
    }

    private static String reason(Exception failed) {
        if (failed instanceof AuthFault fault) {
            return DatabaseTrouble.of(fault);
        }
        if (failed instanceof UncheckedIOException unchecked) {
            return FileTrouble.of(unchecked);
        }
        if (failed instanceof IOException trouble) {
            return FileTrouble.of(trouble);
        }
        if (failed instanceof InvalidPathException) {
            return "an argument is not a path: it has a character that file names cannot have";
        }
        return failed instanceof ConfigException || failed instanceof IllegalStateException
                ? String.valueOf(failed.getMessage())
                : "this is an error in auth-server itself: please report it with the additional output of java -D"
                        + TRACE + "=true";
    }
}
