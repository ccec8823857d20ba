/** PBKDF2 of other systems, computed by the JDK. */
@NullMarked
package dev.countersign.internal.hash.pbkdf2;

import org.jspecify.annotations.NullMarked;
