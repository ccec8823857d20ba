/** Claims, access tokens and the profile of one kind of token. */
@NullMarked
package dev.countersign.token;

import org.jspecify.annotations.NullMarked;
