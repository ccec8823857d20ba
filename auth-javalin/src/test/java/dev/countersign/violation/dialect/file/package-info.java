@NullMarked
package dev.countersign.violation.dialect.file;

import org.jspecify.annotations.NullMarked;
