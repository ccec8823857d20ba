package com.example;

import dev.countersign.port.UnitOfWork;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A user and what the shop stores with it: both or neither. */
// snippet: transactions
@Component
class Transactions implements UnitOfWork {

    @Override
    @Transactional
    public <T> T run(Supplier<T> work) {
        return work.get();
    }
}
// end
