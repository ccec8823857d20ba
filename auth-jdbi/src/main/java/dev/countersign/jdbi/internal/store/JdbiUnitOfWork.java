package dev.countersign.jdbi.internal.store;

import static java.util.Objects.requireNonNull;

import dev.countersign.jdbi.internal.sql.Database;
import dev.countersign.port.UnitOfWork;
import java.util.function.Supplier;

/** Runs transactions that all stores over one {@link Database} share. */
final class JdbiUnitOfWork implements UnitOfWork {

    private final Database database;

    JdbiUnitOfWork(Database database) {
        this.database = database;
    }

    @Override
    public <T> T run(Supplier<T> work) {
        requireNonNull(work, "work");

        return database.inUnit("a unit of work", work);
    }
}
