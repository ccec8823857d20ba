package dev.countersign.proof;

import java.io.IOException;
import java.sql.SQLException;

/** A database with our tables, of one vendor. Closing it leaves nothing behind. */
interface ScaleDatabase extends AutoCloseable {

    /** Where it is. */
    String url();

    /** Stores users the vendor's own way; returns how many. */
    long loadItsWay(ScaleLimit limit) throws IOException, SQLException;

    /** Does what the vendor's own way has done when it returns, and a batch leaves for later. */
    void catchUp() throws SQLException;

    /** Ends what the vendor would do in the background after so many new users, so that nothing of it is measured with the requests. */
    void settle() throws SQLException;

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
