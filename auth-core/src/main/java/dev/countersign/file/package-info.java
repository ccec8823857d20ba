/** What is wrong with a file that a user wrote, and where. */
@NullMarked
package dev.countersign.file;

import org.jspecify.annotations.NullMarked;
