package dev.countersign.javalin.server.command;

import dev.countersign.javalin.server.transfer.TransferFormat;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Which format a file has, and why it cannot be used. */
final class TransferFormats {

    private TransferFormats() {}

    static TransferFormat chosen(@Nullable TransferFormat format, String file, CommandSpec spec) {
        if (format != null) {
            return format;
        }
        return TransferFormat.of(file)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "the file's name ends in neither .csv nor .jsonl: say --format"));
    }

    static String reason(IOException unusable) {
        if (unusable instanceof NoSuchFileException) {
            return "there is no such file";
        }
        return unusable instanceof AccessDeniedException ? "permission denied" : String.valueOf(unusable.getMessage());
    }
}
