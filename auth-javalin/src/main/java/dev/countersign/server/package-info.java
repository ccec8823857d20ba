/** The standalone server: its storage, keys, mounts and HTTP server, wired together in {@code AuthServer}. */
@NullMarked
package dev.countersign.server;

import org.jspecify.annotations.NullMarked;
