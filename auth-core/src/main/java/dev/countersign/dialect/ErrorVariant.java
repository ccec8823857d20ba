package dev.countersign.dialect;

/**
 * Another shape of errors, for requests that ask for it.
 *
 * @param header the request header that asks
 * @param value the value it has then
 * @param errors the answers
 */
public record ErrorVariant(String header, String value, ErrorCatalogue errors) {}
