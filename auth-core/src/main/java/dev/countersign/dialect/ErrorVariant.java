package dev.countersign.dialect;

import static java.util.Objects.requireNonNull;

/**
 * Another shape of errors, for requests that ask for it.
 *
 * @param header the request header that asks
 * @param value the value it has then
 * @param errors the answers
 */
public record ErrorVariant(String header, String value, ErrorCatalogue errors) {

    /** Refuses what is missing. */
    public ErrorVariant {
        requireNonNull(header, "header");
        requireNonNull(value, "value");
        requireNonNull(errors, "errors");
    }
}
