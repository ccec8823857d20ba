package dev.countersign.server.transfer;

import java.util.Locale;
import java.util.Optional;

/** How users are written down. */
public enum TransferFormat {
    /** A header and a line each (RFC 4180). */
    CSV,
    /** A JSON object a line. */
    JSONL;

    /**
     * The format that a file's name tells.
     *
     * @param file the name
     * @return the format, or empty if it ends in neither csv, jsonl nor ndjson
     */
    public static Optional<TransferFormat> of(String file) {
        String name = file.toLowerCase(Locale.ROOT);
        if (name.endsWith(".csv")) {
            return Optional.of(CSV);
        }
        return name.endsWith(".jsonl") || name.endsWith(".ndjson") ? Optional.of(JSONL) : Optional.empty();
    }

    /** {@return the ending of such a file's name} */
    public String extension() {
        return name().toLowerCase(Locale.ROOT);
    }
}
