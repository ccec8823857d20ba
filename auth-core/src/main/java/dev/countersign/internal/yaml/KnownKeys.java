package dev.countersign.internal.yaml;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The allowed keys of a mapping. */
public interface KnownKeys {

    /** {@return the keys} */
    Collection<String> keys();

    /**
     * Formats the advice about a key that is not similar to any allowed key.
     *
     * @param key the key in the file
     * @return the advice
     */
    default String otherAdvice(String key) {
        return "there are " + String.join(", ", keys());
    }

    /**
     * Formats the advice about a key that is not allowed.
     *
     * @param key the key in the file
     * @param written the keys that the mapping has already; they are not suggested
     * @return the advice
     */
    default String advice(String key, Set<String> written) {
        requireNonNull(key, "key");
        requireNonNull(written, "written");

        return near(key, keys(), written).orElseGet(() -> otherAdvice(key));
    }

    /** {@return a set of keys without special advice} */
    static KnownKeys of(Collection<String> keys) {
        requireNonNull(keys, "keys");

        return () -> keys;
    }

    /**
     * Formats the advice about a misspelt name.
     *
     * @param name the key in the file
     * @param known the valid names
     * @param written the names that the mapping has already
     * @return a question with the nearest name; empty if none is similar
     */
    static Optional<String> near(String name, Collection<String> known, Set<String> written) {
        requireNonNull(name, "name");
        requireNonNull(written, "written");

        List<String> free = known.stream().filter(one -> !written.contains(one)).toList();
        return NearestName.to(name, free)
                .map(NearestName::question)
                .or(() -> NearestName.to(name, known)
                        .map(taken -> NearestName.question(taken) + " it exists already, so leave this one out"));
    }
}
