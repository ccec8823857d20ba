package dev.countersign.jdbi;

import com.zaxxer.hikari.HikariDataSource;
import org.jdbi.v3.core.Jdbi;

/** A pool of connections to a PostgreSQL database of its own, whose transactions are isolated in one way, and our stores over it. */
final class IsolatedPool implements AutoCloseable {

    private final HikariDataSource pool;
    private final JdbiAuthStores stores;

    /** Isolated as {@link java.sql.Connection} names it, such as {@code TRANSACTION_SERIALIZABLE}. */
    IsolatedPool(String isolation) {
        pool = new HikariDataSource();
        pool.setDataSource(Postgres.freshDatabase());
        pool.setMaximumPoolSize(20);
        pool.setTransactionIsolation(isolation);
        stores = JdbiAuthStores.over(pool);
        stores.migrate();
    }

    JdbiAuthStores stores() {
        return stores;
    }

    /** The same users without the pool. */
    JdbiAuthStores unpooled() {
        return JdbiAuthStores.over(Jdbi.create(pool.getDataSource()));
    }

    void empty() {
        Jdbi.create(pool).useHandle(handle -> {
            handle.execute("DELETE FROM auth_users");
            handle.execute("TRUNCATE auth_sessions, auth_session_tokens, auth_session_ends");
        });
    }

    /** As the server calls it. */
    String isolation() {
        return Jdbi.create(pool)
                .withHandle(handle -> handle.createQuery("SHOW transaction_isolation")
                        .mapTo(String.class)
                        .one());
    }

    @Override
    public void close() {
        pool.close();
    }
}
