package dev.countersign.proof;

import com.zaxxer.hikari.HikariDataSource;
import dev.countersign.jdbi.table.TableNames;
import java.io.IOException;
import java.sql.SQLException;

/** A database with our tables, of one vendor. Closing it leaves nothing behind. */
interface ScaleDatabase extends AutoCloseable {

    /** Where its server is, or its file. */
    String url();

    /** Where its tables are. */
    TableNames names();

    /**
     * What it is asked over. All databases of one server share one connection: a process of the server that happens to run on the client's core
     * answers twice as fast as one on another, and each connection has a process of its own.
     */
    HikariDataSource pool();

    /** More connections, to close. */
    static HikariDataSource newPool(String url, int connections) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.setMaximumPoolSize(connections);
        return pool;
    }

    /** Stores users the vendor's own way; returns how many. */
    long loadItsWay(ScaleLimit limit) throws IOException, SQLException;

    /** Does what the vendor's own way has done when it returns, and a batch leaves for later. */
    void catchUp() throws SQLException;

    /** Ends what the vendor would do in the background after so many new users, so that nothing of it is measured with the requests. */
    void settle() throws SQLException;

    /** Reads everything into memory that fits: else every question would be the first one for its page, and ask the disk. */
    void warm() throws IOException, SQLException;

    /** The bytes that the users take on disk with their indexes. */
    long bytes() throws SQLException;

    @Override
    void close();

    /** Makes databases. */
    interface Vendor extends AutoCloseable {
        String name();

        /** What its own way is. */
        String itsWay();

        ScaleDatabase newDatabase(String name) throws IOException;

        @Override
        void close();
    }
}
