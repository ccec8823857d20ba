/** The management port: health and metrics for operators, apart from the public port. */
@NullMarked
package dev.countersign.server.management;

import org.jspecify.annotations.NullMarked;
