/** YAML files as JSON values that know their lines, and problems told all at once. */
@NullMarked
package dev.countersign.internal.yaml;

import org.jspecify.annotations.NullMarked;
