package dev.countersign.jdbi.internal.sql;

import com.google.common.base.Splitter;
import com.google.common.collect.Streams;
import java.util.stream.Collectors;

/** Quotes names for SQL. */
public final class Quoted {

    private Quoted() {}

    public static String name(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** Quotes a table's name, and the schema before the dot if there is one. */
    public static String table(String table) {
        return Streams.stream(Splitter.on('.').split(table)).map(Quoted::name).collect(Collectors.joining("."));
    }
}
