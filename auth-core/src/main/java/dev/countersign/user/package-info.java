/** Users, what names them, and what is kept about them. */
@NullMarked
package dev.countersign.user;

import org.jspecify.annotations.NullMarked;
