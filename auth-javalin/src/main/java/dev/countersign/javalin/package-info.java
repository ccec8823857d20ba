/** Login APIs on Javalin: the plugin that mounts dialects, and the guard for an application's own routes. */
@NullMarked
package dev.countersign.javalin;

import org.jspecify.annotations.NullMarked;
