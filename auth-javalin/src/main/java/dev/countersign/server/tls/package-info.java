/** HTTPS: the certificate and its key from files that are followed, and HTTP/1.1 and HTTP/2 over TLS with Jetty. */
@NullMarked
package dev.countersign.server.tls;

import org.jspecify.annotations.NullMarked;
