package dev.countersign.server.command;

/** Logging to standard error: the server's own messages, and warnings of the libraries. */
final class Logging {

    private static final String PREFIX = "org.slf4j.simpleLogger.";

    private Logging() {}

    static void configure() {
        set("defaultLogLevel", "warn");
        set("log.dev.countersign", "info");
        // Messages of these libraries quote requests, whose query may hold a token.
        set("log.org.eclipse.jetty", "error");
        set("log.io.javalin", "error");
        // We log a fault with its request; these would add a stack trace each time.
        set("log.com.zaxxer.hikari.pool.ProxyConnection", "error");
        set("log.org.sqlite", "off");
        set("showDateTime", "true");
        set("dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
        set("showShortLogName", "true");
    }

    private static void set(String name, String value) {
        if (System.getProperty(PREFIX + name) == null) {
            System.setProperty(PREFIX + name, value);
        }
    }
}
