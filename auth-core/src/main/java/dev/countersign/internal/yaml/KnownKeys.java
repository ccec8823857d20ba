package dev.countersign.internal.yaml;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The keys that a mapping may have. */
public interface KnownKeys {

    /** {@return the keys} */
    Collection<String> keys();

    /**
     * Words advice about a key that is not among them and like none of them.
     *
     * @param key what was written
     * @return what would be right
     */
    default String otherAdvice(String key) {
        return "there are " + String.join(", ", keys());
    }

    /**
     * Words advice about a key that is not among them.
     *
     * @param key what was written
     * @param written every key of the mapping: none of them can be written once more
     * @return what would be right
     */
    default String advice(String key, Set<String> written) {
        requireNonNull(key, "key");
        requireNonNull(written, "written");

        return near(key, keys(), written).orElseGet(() -> otherAdvice(key));
    }

    /** {@return keys that are known by name only} */
    static KnownKeys of(Collection<String> keys) {
        requireNonNull(keys, "keys");

        return () -> keys;
    }

    /**
     * Words advice about a misspelt name.
     *
     * @param name what was written
     * @param known the names there are
     * @param written the names that are taken
     * @return the nearest name; empty if none is near
     */
    static Optional<String> near(String name, Collection<String> known, Set<String> written) {
        requireNonNull(name, "name");
        requireNonNull(written, "written");

        List<String> free = known.stream().filter(one -> !written.contains(one)).toList();
        return NearestName.to(name, free)
                .map(NearestName::question)
                .or(() -> NearestName.to(name, known)
                        .map(taken -> NearestName.question(taken) + " it is there already, so leave this one out"));
    }
}
