package dev.countersign.server.command;

import dev.countersign.AuthFault;
import dev.countersign.server.DatabaseTrouble;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.files.FileTrouble;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;

/** Prints why a command failed. */
final class Failures {

    private static final String TRACE = "auth.trace";

    private Failures() {}

    /** {@return the exit code} */
    static int print(Exception failed, PrintStream err) {
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
