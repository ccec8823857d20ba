/** CSV text (RFC 4180) to records and back; the only place that names FastCSV. */
@NullMarked
package dev.countersign.server.csv;

import org.jspecify.annotations.NullMarked;
