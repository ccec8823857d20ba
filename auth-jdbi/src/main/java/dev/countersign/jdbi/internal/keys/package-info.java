/** The table of encrypted rings of keys. */
@NullMarked
package dev.countersign.jdbi.internal.keys;

import org.jspecify.annotations.NullMarked;
