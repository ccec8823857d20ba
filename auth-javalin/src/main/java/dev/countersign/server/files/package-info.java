/** Messages about files and folders: why they cannot be used, and who else could change them. */
@NullMarked
package dev.countersign.server.files;

import org.jspecify.annotations.NullMarked;
