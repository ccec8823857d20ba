package dev.countersign.throttle;

import static java.util.Objects.requireNonNull;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.MessageDigest;
import java.util.Arrays;

/** A range of addresses in CIDR notation (RFC 4632), such as {@code 10.0.0.0/8} or {@code 2001:db8::/32}. Immutable. */
public final class AddressRange {

    private final byte[] network;
    private final int bits;

    private AddressRange(byte[] network, int bits) {
        this.network = network;
        this.bits = bits;
    }

    /**
     * Parses a range.
     *
     * @param text an address, optionally with a slash and the number of its fixed bits; names are not looked up
     * @return the range
     * @throws IllegalArgumentException if it is not a range, or an address bit after the fixed ones is set; the message says what is right
     */
    public static AddressRange parse(String text) {
        requireNonNull(text, "text");

        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        if (!InetAddresses.isInetAddress(address) || address.indexOf('%') >= 0) {
            throw new IllegalArgumentException(
                    text + " is no address or range: write 10.0.0.7, 10.0.0.0/8 or fd00::/8");
        }
        byte[] bytes = InetAddresses.forString(address).getAddress();
        int longest = bytes.length * Byte.SIZE;
        int bits = slash < 0 ? longest : bits(text.substring(slash + 1));
        if (bits < 0 || bits > longest) {
            throw new IllegalArgumentException(text + " has no prefix length from 0 to " + longest);
        }
        byte[] network = masked(bytes, bits);
        if (!MessageDigest.isEqual(bytes, network)) {
            throw new IllegalArgumentException(text + " has bits set after its first " + bits + ": write "
                    + InetAddresses.toAddrString(address(network)) + "/" + bits);
        }
        return new AddressRange(network, bits);
    }

    private static int bits(String text) {
        return text.matches("0|[1-9][0-9]{0,2}") ? Integer.parseInt(text) : -1;
    }

    private static byte[] masked(byte[] bytes, int bits) {
        byte[] masked = bytes.clone();
        for (int i = 0; i < masked.length; i++) {
            int fixed = Math.max(0, Math.min(Byte.SIZE, bits - i * Byte.SIZE));
            masked[i] = (byte) (masked[i] & (0xFF << (Byte.SIZE - fixed)));
        }
        return masked;
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an address has 4 or 16 bytes", impossible);
        }
    }

    /**
     * Whether an address is in the range. An IPv4 address is in no range of IPv6 addresses.
     *
     * @param address the address
     * @return whether it is; false for an unknown one
     */
    public boolean contains(ClientAddress address) {
        requireNonNull(address, "address");
        if (!address.isKnown()) {
            return false;
        }
        byte[] bytes = InetAddresses.forString(address.toString()).getAddress();
        return bytes.length == network.length && MessageDigest.isEqual(masked(bytes, bits), network);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AddressRange range
                && bits == range.bits
                && MessageDigest.isEqual(network, range.network);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(network) + bits;
    }

    /** {@return the range in CIDR notation} */
    @Override
    public String toString() {
        return InetAddresses.toAddrString(address(network)) + "/" + bits;
    }
}
