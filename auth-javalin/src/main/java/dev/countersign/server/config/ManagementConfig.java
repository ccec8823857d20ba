package dev.countersign.server.config;

import static java.util.Objects.requireNonNull;

import java.util.OptionalInt;

/**
 * The configuration of the management port.
 *
 * @param host the address to listen on
 * @param port the port to listen on, 0 for any free one; empty for no management port
 */
public record ManagementConfig(String host, OptionalInt port) {

    /** Rejects null components. */
    public ManagementConfig {
        requireNonNull(host, "host");
        requireNonNull(port, "port");
    }
}
