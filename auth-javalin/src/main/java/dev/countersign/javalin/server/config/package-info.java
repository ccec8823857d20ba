/** What the server can be told: flags, environment, file and defaults. */
@NullMarked
package dev.countersign.javalin.server.config;

import org.jspecify.annotations.NullMarked;
