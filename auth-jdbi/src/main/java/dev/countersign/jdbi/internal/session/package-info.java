/** Sessions and the keys of their tokens. */
@NullMarked
package dev.countersign.jdbi.internal.session;

import org.jspecify.annotations.NullMarked;
