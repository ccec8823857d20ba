package dev.countersign.violation.user;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.List;

public record GuavaUser(ImmutableList<String> names) {

    public List<ImmutableSet<String>> groups() {
        return kept();
    }

    List<ImmutableSet<String>> kept() {
        return List.of();
    }
}
