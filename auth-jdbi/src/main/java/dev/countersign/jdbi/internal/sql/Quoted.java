package dev.countersign.jdbi.internal.sql;

import com.google.common.base.Splitter;
import com.google.common.collect.Streams;
import java.util.stream.Collectors;

/** Names as SQL has them. */
public final class Quoted {

    private Quoted() {}

    public static String name(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A table's name, with its schema before a dot if it has one. */
    public static String table(String table) {
        return Streams.stream(Splitter.on('.').split(table)).map(Quoted::name).collect(Collectors.joining("."));
    }
}
