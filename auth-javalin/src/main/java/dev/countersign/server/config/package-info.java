/** What the server can be told: flags, environment, file and defaults. */
@NullMarked
package dev.countersign.server.config;

import org.jspecify.annotations.NullMarked;
