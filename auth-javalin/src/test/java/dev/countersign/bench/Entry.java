package dev.countersign.bench;

import com.google.common.collect.ImmutableList;
import com.google.common.math.Quantiles;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A contender, its server, the requests to it, and what was measured. */
final class Entry {

    private final Contender contender;
    private final RunningServer server;
    private final List<Call> me;
    private final Map<Column, List<Double>> measured = new EnumMap<>(Column.class);

    Entry(Contender contender, RunningServer server, List<Call> me) {
        this.contender = contender;
        this.server = server;
        this.me = ImmutableList.copyOf(me);
    }

    Contender contender() {
        return contender;
    }

    RunningServer server() {
        return server;
    }

    /** The requests for the current user, one for each token. */
    List<Call> me() {
        return me;
    }

    void note(Column column, double value) {
        measured.computeIfAbsent(column, none -> new ArrayList<>()).add(value);
    }

    boolean has(Column column) {
        return measured.containsKey(column);
    }

    double median(Column column) {
        return Quantiles.median().compute(measured.getOrDefault(column, List.of(Double.NaN)));
    }

    double least(Column column) {
        return measured.getOrDefault(column, List.of()).stream()
                .mapToDouble(Double::doubleValue)
                .min()
                .orElse(Double.NaN);
    }

    double most(Column column) {
        return measured.getOrDefault(column, List.of()).stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(Double.NaN);
    }
}
