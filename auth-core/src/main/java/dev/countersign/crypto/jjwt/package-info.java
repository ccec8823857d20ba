/** Signing and verifying tokens with jjwt; the only place that names io.jsonwebtoken. */
@NullMarked
package dev.countersign.crypto.jjwt;

import org.jspecify.annotations.NullMarked;
