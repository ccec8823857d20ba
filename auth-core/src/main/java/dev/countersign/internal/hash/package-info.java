/** How stored forms of passwords are told apart. */
@NullMarked
package dev.countersign.internal.hash;

import org.jspecify.annotations.NullMarked;
