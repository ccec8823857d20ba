/** JSON text to values and back; the only place that names Jackson. */
@NullMarked
package dev.countersign.json.text;

import org.jspecify.annotations.NullMarked;
