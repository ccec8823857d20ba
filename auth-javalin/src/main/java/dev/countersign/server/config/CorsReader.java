package dev.countersign.server.config;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import dev.countersign.api.CorsPolicy;
import dev.countersign.internal.yaml.Problems;
import dev.countersign.internal.yaml.Section;
import dev.countersign.json.Json;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonPointer;
import dev.countersign.json.JsonString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Reads which pages of other origins may use a mount: the setting {@code cors_origins} for all mounts, and the key {@code cors} of one. */
final class CorsReader {

    /** The YAML keys of the mapping. */
    static final ImmutableList<String> KEYS =
            ImmutableList.of("origins", "credentials", "max_age", "request_headers", "exposed_headers");

    /** The word that stands in place of origins and allows all of them. */
    static final String EVERY_ORIGIN = "every_origin_without_credentials";

    private static final String KEY = "cors";
    private static final String RIGHT = "origins such as https://app.example.com";
    private static final Splitter COMMAS = Splitter.on(',').trimResults().omitEmptyStrings();

    private CorsReader() {}

    /** The policy of the setting for all mounts; its origins are a list, or one text with commas. */
    static Optional<CorsPolicy> ofAll(ConfigLoader.Source source) {
        String key = Setting.CORS_ORIGINS.key();
        Json value = source.section().json(key).orElse(JsonArray.of());
        Optional<CorsPolicy> policy = policy(value, source.section().at(key), source.problems());
        if (value instanceof JsonString text
                ? COMMAS.splitToList(text.value()).isEmpty()
                : value.equals(JsonArray.of())) {
            source.problems().add(source.section().at(key), key + " has no origin", "leave it out, or list " + RIGHT);
        }
        return policy;
    }

    /** The policy of a mount; empty if it has none of its own. */
    static Optional<CorsPolicy> ofMount(Section mount, Optional<CorsPolicy> ofAll) {
        if (!mount.has(KEY)) {
            return Optional.empty();
        }
        Section section = mount.section(KEY, KEYS);
        if (ofAll.isEmpty()) {
            section.required("origins", RIGHT);
        }
        CorsPolicy policy = section.json("origins")
                .flatMap(origins -> policy(origins, section.at("origins"), section.problems()))
                .or(() -> ofAll)
                .orElse(CorsPolicy.allowing());
        if (section.has("credentials")) {
            boolean wanted = section.flag("credentials", false);
            policy = changed(
                    policy,
                    section,
                    "credentials",
                    wanted ? CorsPolicy::withCredentials : CorsPolicy::withoutCredentials);
        }
        Optional<Duration> age = section.duration("max_age");
        if (age.isPresent()) {
            policy = changed(policy, section, "max_age", given -> given.withMaxAge(age.get()));
        }
        List<String> sent = names("request_headers", section, CorsPolicy::withRequestHeaders);
        List<String> read = names("exposed_headers", section, CorsPolicy::withExposedHeaders);
        return Optional.of(policy.withRequestHeaders(sent).withExposedHeaders(read));
    }

    private static Optional<CorsPolicy> policy(Json origins, JsonPointer at, Problems problems) {
        if (origins instanceof JsonString text) {
            return text.value().equals(EVERY_ORIGIN)
                    ? Optional.of(CorsPolicy.allowingEveryOriginWithoutCredentials())
                    : Optional.of(CorsPolicy.allowing(COMMAS.splitToStream(text.value())
                            .filter(origin -> isOrigin(origin, at, problems))
                            .toList()));
        }
        if (!(origins instanceof JsonArray list)) {
            problems.add(at, at.leaf() + " is " + Section.kind(origins), "a list of " + RIGHT);
            return Optional.empty();
        }
        List<String> valid = new ArrayList<>();
        for (int i = 0; i < list.items().size(); i++) {
            String origin = list.items().get(i).toString();
            if (isOrigin(origin, at.child(Integer.toString(i)), problems)) {
                valid.add(origin);
            }
        }
        return Optional.of(CorsPolicy.allowing(valid));
    }

    /** Each origin is tried alone, so that every invalid one is reported at its place. */
    private static boolean isOrigin(String text, JsonPointer at, Problems problems) {
        try {
            CorsPolicy.allowing(text);
            return true;
        } catch (IllegalArgumentException invalid) {
            boolean isEvery = text.equals("*") || text.equals(EVERY_ORIGIN);
            problems.add(
                    at,
                    String.valueOf(invalid.getMessage()),
                    isEvery ? "or " + EVERY_ORIGIN + " in place of the list, if every website is meant" : RIGHT);
            return false;
        }
    }

    private static List<String> names(
            String key, Section section, BiFunction<CorsPolicy, List<String>, CorsPolicy> check) {
        return section.list(key, (value, place) -> {
            String name = value.toString();
            try {
                return Optional.of(check.apply(CorsPolicy.allowing(), List.of(name)))
                        .map(valid -> name);
            } catch (IllegalArgumentException invalid) {
                section.problems().add(place, String.valueOf(invalid.getMessage()), "the name of a header");
                return Optional.empty();
            }
        });
    }

    private static CorsPolicy changed(
            CorsPolicy policy, Section section, String key, UnaryOperator<CorsPolicy> change) {
        try {
            return change.apply(policy);
        } catch (IllegalArgumentException | IllegalStateException invalid) {
            section.problems().add(section.at(key), String.valueOf(invalid.getMessage()), "see docs/browsers.md");
            return policy;
        }
    }
}
