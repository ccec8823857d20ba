package dev.countersign.server.transfer;

import java.util.Locale;
import java.util.Optional;

/** The format of a file of users. */
public enum TransferFormat {
    /** A header, and one record per user (RFC 4180). */
    CSV,
    /** One JSON object per line. */
    JSONL;

    /**
     * The format by a file's name.
     *
     * @param file the name
     * @return the format; empty unless the name ends in csv, jsonl or ndjson
     */
    public static Optional<TransferFormat> of(String file) {
        String name = file.toLowerCase(Locale.ROOT);
        if (name.endsWith(".csv")) {
            return Optional.of(CSV);
        }
        return name.endsWith(".jsonl") || name.endsWith(".ndjson") ? Optional.of(JSONL) : Optional.empty();
    }

    /** {@return the extension of such a file's name} */
    public String extension() {
        return name().toLowerCase(Locale.ROOT);
    }
}
