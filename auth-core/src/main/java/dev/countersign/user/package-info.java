/** Users, their identifiers, and their stored properties. */
@NullMarked
package dev.countersign.user;

import org.jspecify.annotations.NullMarked;
