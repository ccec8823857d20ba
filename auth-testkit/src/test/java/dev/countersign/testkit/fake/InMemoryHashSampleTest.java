package dev.countersign.testkit.fake;

import dev.countersign.port.HashSample;
import dev.countersign.port.UserStore;
import dev.countersign.testkit.contract.HashSampleContract;

class InMemoryHashSampleTest extends HashSampleContract {

    private final UserStore users = new InMemoryUserStore();
    private final HashSample sample = new InMemoryHashSample(users);

    @Override
    protected UserStore users() {
        return users;
    }

    @Override
    protected HashSample sample() {
        return sample;
    }
}
