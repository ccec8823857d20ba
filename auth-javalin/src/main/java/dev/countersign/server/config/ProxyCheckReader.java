package dev.countersign.server.config;

import com.google.common.collect.ImmutableList;
import dev.countersign.api.ProxyCheck;
import dev.countersign.internal.yaml.Section;
import dev.countersign.json.Json;
import dev.countersign.json.JsonPointer;
import dev.countersign.json.JsonString;
import java.util.Map;
import java.util.Optional;

/** Reads the key {@code verify} of a mount: a path, or a mapping with the path, the headers and where the original query is. */
final class ProxyCheckReader {

    /** What a path looks like. */
    static final String PATH =
            "a path such as /auth/verify, of letters, digits and . _ ~ -, without a slash at its end";

    /** The YAML keys of the mapping. */
    static final ImmutableList<String> KEYS = ImmutableList.of("path", "headers", "original_uri");

    private static final String KEY = "verify";

    private ProxyCheckReader() {}

    static Optional<ProxyCheck> read(Section mount) {
        if (!mount.has(KEY)) {
            return Optional.empty();
        }
        Optional<Json> written = mount.json(KEY);
        if (written.isPresent() && written.get() instanceof JsonString path) {
            return at(path.value(), mount, mount.at(KEY));
        }
        Section section = mount.section(KEY, KEYS);
        section.required("path", PATH);
        Optional<ProxyCheck> check = section.text("path").flatMap(path -> at(path, section, section.at("path")));
        if (check.isPresent() && section.has("headers")) {
            check = check.map(found -> found.withHeaders(headers(section)));
        }
        return check.map(found -> section.text("original_uri")
                .flatMap(header -> attempt(
                        () -> found.withOriginalUri(header), section, section.at("original_uri"), "X-Forwarded-Uri"))
                .orElse(found));
    }

    private static Optional<ProxyCheck> at(String path, Section section, JsonPointer place) {
        return attempt(() -> ProxyCheck.at(path), section, place, PATH);
    }

    /** The valid headers; each is tried alone, so that every invalid one is reported at its place. */
    private static Map<String, String> headers(Section section) {
        return section.map("headers", (value, place) -> {
            if (!(value instanceof JsonString text)) {
                section.problems()
                        .add(place, place.leaf() + " is " + Section.kind(value), "a text, which may have slots");
                return Optional.empty();
            }
            return attempt(
                            () -> ProxyCheck.at("/verify").withHeaders(Map.of(place.leaf(), text.value())),
                            section,
                            place,
                            "a header such as X-Auth-Role: ${user.attributes.role}")
                    .map(valid -> text.value());
        });
    }

    /** A step that refuses bad values. */
    private interface Step {
        ProxyCheck run();
    }

    private static Optional<ProxyCheck> attempt(Step step, Section section, JsonPointer place, String right) {
        try {
            return Optional.of(step.run());
        } catch (IllegalArgumentException invalid) {
            section.problems().add(place, String.valueOf(invalid.getMessage()), right);
            return Optional.empty();
        }
    }
}
