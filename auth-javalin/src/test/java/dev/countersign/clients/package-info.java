/** Official clients of other login APIs, which log in, refresh and log out against dialect files. */
@NullMarked
package dev.countersign.clients;

import org.jspecify.annotations.NullMarked;
