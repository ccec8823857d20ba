@NullMarked
package dev.countersign.violation.api;

import org.jspecify.annotations.NullMarked;
