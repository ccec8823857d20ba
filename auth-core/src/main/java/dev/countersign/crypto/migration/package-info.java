/** Taking users over from other systems with the hashes they have. */
@NullMarked
package dev.countersign.crypto.migration;

import org.jspecify.annotations.NullMarked;
