/** Programs that show what a test of seconds cannot: crashes, failovers, a million users. Started by the scripts of the same names. */
@NullMarked
package dev.countersign.proof;

import org.jspecify.annotations.NullMarked;
