/** JSON with typed slots, for token claims and for answers. Filling is pure. */
@NullMarked
package dev.countersign.template;

import org.jspecify.annotations.NullMarked;
