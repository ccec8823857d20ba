/** Sessions: all tokens that follow from one login, and what ends them. */
@NullMarked
package dev.countersign.session;

import org.jspecify.annotations.NullMarked;
