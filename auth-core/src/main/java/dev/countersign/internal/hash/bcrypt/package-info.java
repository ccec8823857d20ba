/** bcrypt as other systems store it; with {@code crypto.bcrypt} the only place that names at.favre. */
@NullMarked
package dev.countersign.internal.hash.bcrypt;

import org.jspecify.annotations.NullMarked;
