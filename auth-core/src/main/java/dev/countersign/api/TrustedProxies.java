package dev.countersign.api;

import static java.util.Objects.requireNonNull;

import dev.countersign.throttle.AddressRange;
import dev.countersign.throttle.ClientAddress;
import java.util.List;

/**
 * Finds the address of a client behind reverse proxies (ASVS 4.1.3). A header counts only if the peer of the connection is a trusted proxy. It is read from
 * its end: each trusted proxy appended the address that it saw, and what stands before the first other address may be invented. Immutable.
 */
public final class TrustedProxies {

    /** The most proxies in a row that are followed; a longer chain ends at the last one followed. */
    public static final int MOST_HOPS = 32;

    private static final TrustedProxies NONE = new TrustedProxies(List.of(), Header.X_FORWARDED_FOR);

    /** The header in which the proxies write. Exactly one is read: proxies pass on the other one as a client sent it. */
    public enum Header {
        /** {@code X-Forwarded-For}, a list of addresses. */
        X_FORWARDED_FOR("X-Forwarded-For"),
        /** {@code Forwarded} (RFC 7239), of which {@code for=} is read. */
        FORWARDED("Forwarded");

        private final String field;

        Header(String field) {
            this.field = field;
        }

        /** {@return the name of the header} */
        public String field() {
            return field;
        }
    }

    private final List<AddressRange> ranges;
    private final Header header;

    private TrustedProxies(List<AddressRange> ranges, Header header) {
        this.ranges = ranges;
        this.header = header;
    }

    /** {@return no proxy: the client is the peer of the connection, and headers are ignored} */
    public static TrustedProxies none() {
        return NONE;
    }

    /**
     * Trusts proxies. Each must append to the header, or overwrite it.
     *
     * @param ranges the addresses from which the proxies connect
     * @param header the header that they write
     * @return the proxies
     */
    public static TrustedProxies of(List<AddressRange> ranges, Header header) {
        requireNonNull(ranges, "ranges");
        requireNonNull(header, "header");

        return new TrustedProxies(List.copyOf(ranges), header);
    }

    /** {@return whether no proxy is trusted} */
    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    /**
     * The address of the client that sent a request.
     *
     * @param head the request; its {@code client} is the peer of the connection
     * @return the address that the outermost trusted proxy saw; that proxy's own if what it wrote is no address
     */
    public ClientAddress clientOf(RequestHead head) {
        requireNonNull(head, "head");

        ClientAddress client = ClientAddress.of(head.client());
        if (!isTrusted(client)) {
            return client;
        }
        ForwardedHops hops = new ForwardedHops(head.headers().all(header.field()), header);
        for (int hop = 0; hop < MOST_HOPS && isTrusted(client); hop++) {
            ClientAddress before = hops.next();
            if (!before.isKnown()) {
                return client;
            }
            client = before;
        }
        return client;
    }

    private boolean isTrusted(ClientAddress address) {
        for (AddressRange range : ranges) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /** {@return the ranges and the header} */
    @Override
    public String toString() {
        return ranges.isEmpty() ? "no proxies" : ranges + " by " + header.field();
    }
}
