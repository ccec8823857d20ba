package dev.countersign.violation.jdbi;

import org.jdbi.v3.core.Handle;

final class TemplatedSql {
    long count(Handle handle, String table) {
        return handle.createQuery("SELECT count(*) FROM <table>")
                .define("table", table)
                .mapTo(Long.class)
                .one();
    }
}
