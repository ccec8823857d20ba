/** Reads and writes CSV (RFC 4180). Only this package uses FastCSV. */
@NullMarked
package dev.countersign.server.csv;

import org.jspecify.annotations.NullMarked;
