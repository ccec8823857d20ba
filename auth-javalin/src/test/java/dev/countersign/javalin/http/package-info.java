/** What the HTTP tests send with and look at. */
@NullMarked
package dev.countersign.javalin.http;

import org.jspecify.annotations.NullMarked;
