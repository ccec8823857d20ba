/** Immutable JSON values with key order kept, and RFC 6901 pointers into them. Values only: no text, no library. */
@NullMarked
package dev.countersign.json;

import org.jspecify.annotations.NullMarked;
