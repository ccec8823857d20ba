/** Passwords as typed, as stored, and the rules for new ones. */
@NullMarked
package dev.countersign.password;

import org.jspecify.annotations.NullMarked;
