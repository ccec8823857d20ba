/** A login API's wire contract as data: records, enums and interfaces, no I/O. */
@NullMarked
package dev.countersign.dialect;

import org.jspecify.annotations.NullMarked;
