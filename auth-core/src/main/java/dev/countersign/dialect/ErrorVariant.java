package dev.countersign.dialect;

import static java.util.Objects.requireNonNull;

/**
 * An alternative error catalogue for requests with a certain header.
 *
 * @param header the name of the request header
 * @param value the value that selects this catalogue
 * @param errors the answers
 */
public record ErrorVariant(String header, String value, ErrorCatalogue errors) {

    /** Rejects null components. */
    public ErrorVariant {
        requireNonNull(header, "header");
        requireNonNull(value, "value");
        requireNonNull(errors, "errors");
    }
}
