package dev.countersign.javalin.server.config;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.countersign.javalin.AuthPlugin;
import dev.countersign.javalin.yaml.Section;
import dev.countersign.json.Json;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonPointer;
import dev.countersign.json.JsonString;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Reads the settings' values, wherever each was found. */
final class ConfigReader {

    private final SettingValues values;
    private final Optional<DatabasePassword> password;

    ConfigReader(SettingValues values, Optional<DatabasePassword> password) {
        this.values = values;
        this.password = password;
    }

    ServerConfig read() {
        ImmutableMap.Builder<String, String> dialectSettings = ImmutableMap.builder();
        values.text(Setting.ISSUER).ifPresent(issuer -> dialectSettings.put(Setting.ISSUER.key(), issuer));
        values.text(Setting.AUDIENCE).ifPresent(audience -> dialectSettings.put(Setting.AUDIENCE.key(), audience));
        return new ServerConfig(
                values.text(Setting.HOST).orElse("127.0.0.1"),
                values.integer(Setting.PORT, 0, 65_535).orElse(8080),
                values.path(Setting.DATA, "the path of a folder").orElse(Path.of("auth-data")),
                new DatabaseReader(values, password).read(),
                dialects(),
                values.flag(Setting.QUERY_TOKENS, true),
                dialectSettings.buildOrThrow(),
                values.integer(Setting.BCRYPT_COST, 10, 15).orElse(12),
                values.integer(Setting.MAX_BODY, 256, 1_048_576).orElse(16_384),
                values.seconds(Setting.REQUEST_TIMEOUT, 60).orElse(AuthPlugin.BODY_TIMEOUT),
                values.integer(Setting.PASSWORD_MINIMUM, 8, 64).orElse(8));
    }

    private ImmutableList<MountConfig> dialects() {
        ConfigLoader.Source source = values.source(Setting.DIALECTS);
        if (source == null) {
            return ImmutableList.of();
        }
        String key = Setting.DIALECTS.key();
        Section section = source.section();
        Optional<Json> written = section.json(key);
        if (written.isPresent() && written.get() instanceof JsonString names) {
            Json list = JsonArray.of(Splitter.on(',')
                    .trimResults()
                    .omitEmptyStrings()
                    .splitToStream(names.value())
                    .map(JsonString::new)
                    .toList());
            section = Section.of(
                    JsonObject.of(ImmutableMap.of(key, list)), JsonPointer.ROOT, Setting.keys(), source.problems());
        }
        Section in = section;
        ImmutableList<MountConfig> mounts = in.list(key, (json, at) -> mount(json, at, in));
        if (mounts.isEmpty()) {
            source.problems().add(in.at(key), "no dialect is named", "leave the setting out for the default ones");
        }
        return mounts;
    }

    private static Optional<MountConfig> mount(Json json, JsonPointer at, Section in) {
        if (json instanceof JsonString text) {
            int sign = text.value().indexOf('@');
            String name = sign < 0 ? text.value() : text.value().substring(0, sign);
            String prefix = sign < 0 ? "" : text.value().substring(sign + 1);
            return Optional.of(
                    new MountConfig(name, "", prefix, ImmutableMap.of(), Optional.empty(), Optional.empty()));
        }
        Section mount = Section.of(json, at, MountConfig.KEYS, in.problems());
        if (mount.has("name") == mount.has("file")) {
            in.problems().add(at, "a dialect has a name or a file", "one of name and file");
        }
        return Optional.of(new MountConfig(
                mount.text("name").orElse(""),
                mount.text("file").orElse(""),
                mount.text("prefix").orElse(""),
                ImmutableMap.copyOf(mount.<String>map("settings", (value, place) -> Optional.of(value.toString()))),
                key("signing_key", mount),
                key("old_secret", mount)));
    }

    private static Optional<KeySource> key(String name, Section mount) {
        if (!mount.has(name)) {
            return Optional.empty();
        }
        Section key = mount.section(name, KeySource.KEYS);
        if (key.has("file") == key.has("variable")) {
            key.problems()
                    .add(key.at(), name + " comes from a file or an environment variable", "one of file and variable");
        }
        return Optional.of(new KeySource(
                key.text("file").orElse(""),
                key.text("variable").orElse(""),
                key.word("encoding", KeySource.Encoding.class, KeySource.Encoding.TEXT),
                key.text("accept_short_secret_until").flatMap(text -> day(text, key))));
    }

    private static Optional<Instant> day(String text, Section key) {
        try {
            return Optional.of(
                    LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
        } catch (DateTimeParseException noDay) {
            key.problems().add(key.at("accept_short_secret_until"), text, "a day such as 2027-06-30, in UTC");
            return Optional.empty();
        }
    }
}
