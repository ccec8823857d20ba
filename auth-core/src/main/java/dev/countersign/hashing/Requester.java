package dev.countersign.hashing;

import static java.util.Objects.requireNonNull;

import dev.countersign.session.Client;

/**
 * For whom a hash is computed. Each network and each account has only a share of the queue.
 *
 * @param network the client's network; empty if unknown, so that all unknown clients together are one network
 * @param account the name as typed, in its folded form, or the user's number; empty for none, which has no share of its own
 */
public record Requester(String network, String account) {

    private static final Requester UNKNOWN = new Requester("", "");

    /** Rejects null components. */
    public Requester {
        requireNonNull(network, "network");
        requireNonNull(account, "account");
    }

    /** {@return a requester of which nothing is known} */
    public static Requester unknown() {
        return UNKNOWN;
    }

    /**
     * A client that asks for an account.
     *
     * @param client the client; its address matters
     * @param account the account; empty for none
     * @return the requester
     */
    public static Requester of(Client client, String account) {
        requireNonNull(client, "client");
        requireNonNull(account, "account");

        return new Requester(client.address().network(), account);
    }
}
