/** The standalone server: configuration, command line and the one place where everything is put together. */
@NullMarked
package dev.countersign.server;

import org.jspecify.annotations.NullMarked;
