package dev.countersign.session;

import static java.util.Objects.requireNonNull;

import dev.countersign.throttle.ClientAddress;

/**
 * The client that sends a request.
 *
 * @param name what it calls itself, such as the text of a {@code User-Agent}; empty if unknown
 * @param address its network address
 */
public record Client(String name, ClientAddress address) {

    private static final Client UNKNOWN = new Client("", ClientAddress.unknown());

    /** Rejects null components. */
    public Client {
        requireNonNull(name, "name");
        requireNonNull(address, "address");
    }

    /** {@return a client of which nothing is known} */
    public static Client unknown() {
        return UNKNOWN;
    }

    /** {@return the name, cut after {@value Session#LONGEST_CLIENT} characters} */
    public String shortName() {
        return name.length() <= Session.LONGEST_CLIENT ? name : name.substring(0, Session.LONGEST_CLIENT);
    }
}
