package dev.countersign.jdbi;

/**
 * One connection for a series of transactions.
 *
 * @param database runs them
 * @param release gives the connection back
 */
record HeldConnection(Database database, Runnable release) implements AutoCloseable {

    @Override
    public void close() {
        release.run();
    }
}
