package dev.countersign.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.port.UserStore;
import dev.countersign.testkit.contract.UserStoreContract;
import dev.countersign.user.Login;
import dev.countersign.user.UserId;
import dev.countersign.user.UserKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CountingUserStoreTest extends UserStoreContract {

    private final CountingUserStore store = new CountingUserStore(new InMemoryUserStore());

    @Override
    protected UserStore store() {
        return store;
    }

    @Test
    void calls_are_noted_in_order_and_forgotten_when_asked() {
        List<String> events = new ArrayList<>();
        store.afterFind(() -> events.add("found"));
        store.find(new UserKey.ById(new UserId(1)));
        store.recordLogin(new Login(new UserId(1), null, Instant.EPOCH, Instant.EPOCH));
        store.delete(new UserId(1));
        assertThat(store.calls()).containsExactly("find", "recordLogin", "delete");
        assertThat(events).containsExactly("found");
        store.reset();
        assertThat(store.calls()).isEmpty();
    }
}
