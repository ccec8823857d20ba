/** The budget of processor time and memory for password hashes. */
@NullMarked
package dev.countersign.hashing;

import org.jspecify.annotations.NullMarked;
