@NullMarked
package dev.countersign.server.tls;

import org.jspecify.annotations.NullMarked;
