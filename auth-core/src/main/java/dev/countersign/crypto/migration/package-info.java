/** Verifies and wraps the password hashes of users imported from other systems. */
@NullMarked
package dev.countersign.crypto.migration;

import org.jspecify.annotations.NullMarked;
