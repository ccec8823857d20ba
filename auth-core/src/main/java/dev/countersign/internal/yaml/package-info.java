/** Reads YAML files as JSON values with line numbers, and collects all problems of a file. */
@NullMarked
package dev.countersign.internal.yaml;

import org.jspecify.annotations.NullMarked;
