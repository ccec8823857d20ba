/** Reads and writes JSON text. Only this package uses Jackson. */
@NullMarked
package dev.countersign.json.text;

import org.jspecify.annotations.NullMarked;
