package dev.countersign.dialect.file;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.countersign.template.Template;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Headers of an answer, as one part of a file writes them.
 *
 * @param byName the headers by name
 * @param alone whether those of less specific parts are all taken away
 */
record Headers(ImmutableMap<String, Header> byName, boolean alone) {

    /**
     * One header.
     *
     * @param value the value; null for a header that is taken away
     */
    record Header(@Nullable Template value) {}

    static final Headers NONE = new Headers(ImmutableMap.of(), false);

    static Headers one(String name, String value) {
        return new Headers(ImmutableMap.of(name, new Header(Template.ofText(value.replace("${", "$${")))), false);
    }

    /** These, and over them those of a more specific part: of one name, whatever its case, the more specific wins. */
    Headers with(Headers specific) {
        if (specific.alone()) {
            return specific;
        }
        Map<String, String> spelling = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        ImmutableMap.Builder<String, Header> merged = ImmutableMap.builder();
        for (Headers headers : ImmutableList.of(this, specific)) {
            headers.byName().forEach((name, value) -> {
                String before = spelling.putIfAbsent(name, name);
                merged.put(before == null ? name : before, value);
            });
        }
        return new Headers(merged.buildKeepingLast(), alone);
    }

    /** {@return those that are sent} */
    ImmutableMap<String, Template> sent() {
        ImmutableMap.Builder<String, Template> sent = ImmutableMap.builder();
        byName.forEach((name, header) -> {
            if (header.value() != null) {
                sent.put(name, header.value());
            }
        });
        return sent.buildOrThrow();
    }
}
