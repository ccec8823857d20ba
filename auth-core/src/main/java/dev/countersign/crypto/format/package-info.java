/** How stored forms of passwords are told apart. */
@NullMarked
package dev.countersign.crypto.format;

import org.jspecify.annotations.NullMarked;
