package dev.countersign.proof;

import java.io.IOException;
import java.sql.SQLException;

/** A database with our tables, of one vendor. Closing it leaves nothing behind. */
interface ScaleDatabase extends AutoCloseable {

    /** Where it is. */
    String url();

    /** Stores users the vendor's own way. */
    void loadItsWay(long users) throws IOException, SQLException;

    /** The bytes that the users take on disk with their indexes. */
    long bytes() throws SQLException;

    @Override
    void close();

    /** Makes databases. */
    interface Vendor {
        String name();

        /** What its own way is. */
        String itsWay();

        ScaleDatabase newDatabase(String name) throws IOException;
    }
}
