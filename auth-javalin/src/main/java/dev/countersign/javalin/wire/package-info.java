/** Between bytes and dialect: binds requests, finds tokens, writes answers. */
@NullMarked
package dev.countersign.javalin.wire;

import org.jspecify.annotations.NullMarked;
