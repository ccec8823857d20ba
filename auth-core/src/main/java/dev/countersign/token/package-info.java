/** Claims, access tokens and the agreed form of one kind of token. */
@NullMarked
package dev.countersign.token;

import org.jspecify.annotations.NullMarked;
