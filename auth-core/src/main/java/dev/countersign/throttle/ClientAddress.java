package dev.countersign.throttle;

import static java.util.Objects.requireNonNull;

import com.google.common.net.InetAddresses;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * The network address of a client, as a literal IPv4 or IPv6 address; names are never looked up. An IPv4 address mapped to IPv6 ({@code ::ffff:192.0.2.1})
 * equals that IPv4 address. Immutable.
 */
public final class ClientAddress {

    private static final int NETWORK_BYTES = 8;
    private static final ClientAddress UNKNOWN = new ClientAddress("", "");

    private final String text;
    private final String network;

    private ClientAddress(String text, String network) {
        this.text = text;
        this.network = network;
    }

    /** {@return the address of a client that is not known, or does not connect over a network} */
    public static ClientAddress unknown() {
        return UNKNOWN;
    }

    /**
     * Reads an address.
     *
     * @param text an address such as {@code 192.0.2.1}, {@code 2001:db8::1}, {@code [2001:db8::1]} or {@code fe80::1%eth0}
     * @return the address; {@link #unknown} for anything else
     */
    public static ClientAddress of(String text) {
        requireNonNull(text, "text");

        String literal = text.startsWith("[") && text.endsWith("]") && text.contains(":")
                ? text.substring(1, text.length() - 1)
                : text;
        int zone = literal.indexOf('%');
        String withoutZone = zone < 0 ? literal : literal.substring(0, zone);
        return InetAddresses.isInetAddress(withoutZone) ? of(InetAddresses.forString(withoutZone)) : UNKNOWN;
    }

    private static ClientAddress of(InetAddress address) {
        String text = InetAddresses.toAddrString(address);
        if (!(address instanceof Inet6Address)) {
            return new ClientAddress(text, text);
        }
        byte[] network = address.getAddress();
        Arrays.fill(network, NETWORK_BYTES, network.length, (byte) 0);
        return new ClientAddress(text, InetAddresses.toAddrString(address(network)) + "/64");
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an IPv6 address has 16 bytes", impossible);
        }
    }

    /** {@return whether the address is known} */
    public boolean isKnown() {
        return !text.isEmpty();
    }

    /**
     * The network that counts as one client: an IPv4 address itself, and of an IPv6 address the first 64 bits, because one subscriber has them all.
     *
     * @return the network in canonical text, such as {@code 192.0.2.1} or {@code 2001:db8::/64}; empty if the address is unknown
     */
    public String network() {
        return network;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClientAddress address && text.equals(address.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** {@return the address in canonical text; empty if it is unknown} */
    @Override
    public String toString() {
        return text;
    }
}
