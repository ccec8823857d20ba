package dev.countersign.server.command;

import dev.countersign.server.transfer.TransferFormat;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Chooses the format of a file. */
final class TransferFormats {

    private TransferFormats() {}

    static TransferFormat chosen(@Nullable TransferFormat format, String file, CommandSpec spec) {
        if (format != null) {
            return format;
        }
        return TransferFormat.of(file)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "the file's name ends in neither .csv nor .jsonl: give --format"));
    }
}
