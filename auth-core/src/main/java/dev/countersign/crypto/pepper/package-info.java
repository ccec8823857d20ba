/** Encrypts stored password hashes under a secret that is not in the database. */
@NullMarked
package dev.countersign.crypto.pepper;

import org.jspecify.annotations.NullMarked;
