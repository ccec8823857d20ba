package dev.countersign.docs;

import dev.countersign.port.UserStore;
import dev.countersign.testkit.contract.UserStoreContract;
import dev.countersign.testkit.fake.InMemoryUserStore;

/** The proof of docs/adapters.md. */
// snippet: proof
class InMemoryProofTest extends UserStoreContract {

    private final UserStore store = new InMemoryUserStore();

    @Override
    protected UserStore store() {
        return store;
    }
}
// end
