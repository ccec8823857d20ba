/** Immutable JSON values that keep the order of members, and JSON pointers (RFC 6901). Reading and writing text is in {@code json.text}. */
@NullMarked
package dev.countersign.json;

import org.jspecify.annotations.NullMarked;
