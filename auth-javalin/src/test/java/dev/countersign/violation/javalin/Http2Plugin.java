package dev.countersign.violation.javalin;

import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;

/** Only the server speaks HTTP/2. */
record Http2Plugin(HTTP2ServerConnectionFactory factory) {}
