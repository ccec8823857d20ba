/** The driving port: a request to a login API goes in, its answer comes out. Binds requests, finds tokens, writes answers. */
@NullMarked
package dev.countersign.api;

import org.jspecify.annotations.NullMarked;
