/** Users from files and into files, by the million and in constant memory. */
@NullMarked
package dev.countersign.server.transfer;

import org.jspecify.annotations.NullMarked;
