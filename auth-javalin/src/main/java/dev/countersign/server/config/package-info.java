/** The server's configuration from flags, environment variables, a file and defaults. */
@NullMarked
package dev.countersign.server.config;

import org.jspecify.annotations.NullMarked;
