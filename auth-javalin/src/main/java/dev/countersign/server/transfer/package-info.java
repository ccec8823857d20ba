/** Import of users from files and export into files, in constant memory. */
@NullMarked
package dev.countersign.server.transfer;

import org.jspecify.annotations.NullMarked;
