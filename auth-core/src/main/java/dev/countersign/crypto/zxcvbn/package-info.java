/** The list of common passwords, as shipped by zxcvbn. */
@NullMarked
package dev.countersign.crypto.zxcvbn;

import org.jspecify.annotations.NullMarked;
