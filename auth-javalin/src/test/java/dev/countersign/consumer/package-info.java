/** Applications of others: what they pull in with each module, and that it is enough. */
@NullMarked
package dev.countersign.consumer;

import org.jspecify.annotations.NullMarked;
