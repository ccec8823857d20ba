package dev.countersign.dialect.file;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.countersign.template.Template;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The headers of an answer that one part of a file defines.
 *
 * @param byName the headers by name
 * @param alone whether they replace all headers of less specific parts
 */
record AnswerHeaders(ImmutableMap<String, Header> byName, boolean alone) {

    /**
     * A header.
     *
     * @param value the value; null to remove an inherited header
     */
    record Header(@Nullable Template value) {}

    static final AnswerHeaders NONE = new AnswerHeaders(ImmutableMap.of(), false);

    static AnswerHeaders one(String name, String value) {
        return new AnswerHeaders(ImmutableMap.of(name, new Header(Template.ofText(value.replace("${", "$${")))), false);
    }

    /** These headers, overridden by those of a more specific part. Names are case-insensitive. */
    AnswerHeaders with(AnswerHeaders specific) {
        if (specific.alone()) {
            return specific;
        }
        Map<String, String> spelling = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        ImmutableMap.Builder<String, Header> merged = ImmutableMap.builder();
        for (AnswerHeaders headers : ImmutableList.of(this, specific)) {
            headers.byName().forEach((name, value) -> {
                String before = spelling.putIfAbsent(name, name);
                merged.put(before == null ? name : before, value);
            });
        }
        return new AnswerHeaders(merged.buildKeepingLast(), alone);
    }

    /** {@return the headers to send} */
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
