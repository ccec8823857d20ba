package dev.countersign.server.config;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.countersign.api.CorsPolicy;
import dev.countersign.api.ProxyCheck;
import dev.countersign.hashing.HashLimits;
import dev.countersign.internal.yaml.Section;
import dev.countersign.javalin.AuthPlugin;
import dev.countersign.json.Json;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonPointer;
import dev.countersign.json.JsonString;
import dev.countersign.token.TokenProfile;
import dev.countersign.usecase.Sessions;
import dev.countersign.user.ImportedUser;
import dev.countersign.user.Origin;
import dev.countersign.user.UserId;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the values of all settings from their sources. */
final class ConfigReader {

    private static final String A_FILE = "the path of a file";
    private static final Duration SHORTEST_DELAY = Duration.ofMillis(200);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(60);

    private final SettingValues values;
    private final Optional<DatabasePassword> password;

    ConfigReader(SettingValues values, Optional<DatabasePassword> password) {
        this.values = values;
        this.password = password;
    }

    ServerConfig read() {
        Optional<CorsPolicy> cors =
                Optional.ofNullable(values.source(Setting.CORS_ORIGINS)).flatMap(CorsReader::ofAll);
        ImmutableMap.Builder<String, String> dialectSettings = ImmutableMap.builder();
        for (Setting claim : List.of(Setting.ISSUER, Setting.AUDIENCE)) {
            values.text(claim)
                    .ifPresent(text ->
                            dialectSettings.put(claim.key(), notEmpty(claim, text, "its value, or leave it out")));
        }
        return new ServerConfig(
                values.text(Setting.HOST).map(text -> host(Setting.HOST, text)).orElse("127.0.0.1"),
                values.integer(Setting.PORT, 0, 65_535).orElse(8080),
                tls(),
                values.path(Setting.DATA, "the path of a folder").orElse(Path.of("auth-data")),
                new DatabaseReader(values, password).read(),
                dialects(cors),
                verify(),
                values.duration(Setting.LEEWAY, Duration.ZERO, TokenProfile.MAX_SKEW),
                cors,
                values.flag(Setting.QUERY_TOKENS, true),
                values.source(Setting.REGISTRATION) == null
                        ? Optional.empty()
                        : Optional.of(values.flag(Setting.REGISTRATION, false)),
                dialectSettings.buildOrThrow(),
                new UserId(values.number(Setting.FIRST_NUMBER, 1, ImportedUser.LARGEST_NUMBER)
                        .orElse(1L)),
                values.integer(Setting.BCRYPT_COST, 10, 15).orElse(12),
                values.word(Setting.BCRYPT, Bcrypt.FASTEST),
                hashing(),
                values.integer(Setting.MAX_BODY, 256, 1_048_576).orElse(16_384),
                values.seconds(Setting.REQUEST_TIMEOUT, 60).orElse(AuthPlugin.BODY_TIMEOUT),
                new SessionConfig(
                        values.duration(Setting.REVOCATION_DELAY, SHORTEST_DELAY, LONGEST_DELAY)
                                .orElse(Sessions.DEFAULT_DELAY),
                        values.word(Setting.WHEN_SILENT, Sessions.WhenSilent.REFUSE)),
                values.flag(Setting.THROTTLE, true),
                new ProxiesReader(values).read(),
                EventConfig.read(values),
                new ManagementConfig(
                        values.text(Setting.MANAGEMENT_HOST)
                                .map(text -> host(Setting.MANAGEMENT_HOST, text))
                                .orElse("127.0.0.1"),
                        values.integer(Setting.MANAGEMENT_PORT, 0, 65_535)
                                .map(OptionalInt::of)
                                .orElse(OptionalInt.empty())),
                new PasswordConfig(
                        values.integer(Setting.PASSWORD_MINIMUM, 8, 64).orElse(8),
                        values.path(Setting.PASSWORD_BLOCKLIST, A_FILE),
                        values.path(Setting.PEPPER_FILE, A_FILE)));
    }

    private Optional<TlsConfig> tls() {
        Optional<Path> certificate = values.path(Setting.TLS_CERTIFICATE, "the path of a PEM file");
        Optional<Path> key = values.path(Setting.TLS_KEY, "the path of a PEM file");
        if (values.source(Setting.TLS_CERTIFICATE) != null && values.source(Setting.TLS_KEY) == null) {
            values.refuse(Setting.TLS_CERTIFICATE, "tls_certificate needs tls_key", "the file of its private key");
        }
        if (values.source(Setting.TLS_KEY) != null && values.source(Setting.TLS_CERTIFICATE) == null) {
            values.refuse(Setting.TLS_KEY, "tls_key needs tls_certificate", "the file of the certificate chain");
        }
        return certificate.flatMap(chain -> key.map(secret -> new TlsConfig(chain, secret)));
    }

    private HashLimits hashing() {
        HashLimits limits = HashLimits.ofThisMachine();
        return limits.withPermits(values.integer(Setting.HASH_PERMITS, 1, HashLimits.MOST_PERMITS)
                        .orElse(limits.permits()))
                .withDeadline(values.seconds(Setting.HASH_WAIT, 60).orElse(limits.deadline()));
    }

    private Optional<ProxyCheck> verify() {
        return values.text(Setting.VERIFY).flatMap(path -> {
            try {
                return Optional.of(ProxyCheck.at(path));
            } catch (IllegalArgumentException noPath) {
                values.refuse(Setting.VERIFY, Setting.VERIFY.key() + " is " + path, ProxyCheckReader.PATH);
                return Optional.empty();
            }
        });
    }

    /** An IPv6 address may be in brackets, as in a URL. */
    private String host(Setting setting, String text) {
        String host = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        return notEmpty(setting, host, "an address or a name, such as 127.0.0.1");
    }

    private String notEmpty(Setting setting, String text, String right) {
        if (text.isBlank()) {
            values.refuse(setting, setting.key() + " is empty", right);
        }
        return text;
    }

    private ImmutableList<MountConfig> dialects(Optional<CorsPolicy> cors) {
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
        ImmutableList<MountConfig> mounts = in.list(key, (json, at) -> mount(json, at, in, source, cors));
        if (mounts.isEmpty()) {
            source.problems()
                    .add(in.at(key), "the list of dialects is empty", "leave the setting out for the default ones");
        }
        return mounts;
    }

    private static Optional<MountConfig> mount(
            Json json, JsonPointer at, Section in, ConfigLoader.Source source, Optional<CorsPolicy> cors) {
        if (json instanceof JsonString text) {
            int sign = text.value().indexOf('@');
            String name = sign < 0 ? text.value() : text.value().substring(0, sign);
            String prefix = sign < 0 ? "" : text.value().substring(sign + 1);
            return Optional.of(MountConfig.of(name, prefix));
        }
        Section mount = Section.of(json, at, MountConfig.KEYS, in.problems());
        if (mount.has("name") == mount.has("file")) {
            in.problems().add(at, "a dialect needs either a name or a file", "one of name and file");
        }
        return Optional.of(new MountConfig(
                mount.text("name").orElse(""),
                file(mount, source),
                mount.text("prefix").orElse(""),
                settings(mount),
                key("signing_key", KeySource.KEYS, mount, source),
                key("old_secret", KeySource.OLD_KEYS, mount, source),
                leeway(mount),
                mount.has("registration") ? Optional.of(mount.flag("registration", false)) : Optional.empty(),
                ProxyCheckReader.read(mount),
                CorsReader.ofMount(mount, cors)));
    }

    private static Optional<Duration> leeway(Section mount) {
        Optional<Duration> leeway = mount.duration("leeway");
        leeway.filter(time -> time.compareTo(TokenProfile.MAX_SKEW) > 0)
                .ifPresent(time ->
                        mount.problems().add(mount.at("leeway"), "leeway is " + time.toSeconds() + "s", "at most 60s"));
        return leeway;
    }

    /** Reads settings as text. Lists and mappings are refused: they have no single text form. */
    private static ImmutableMap<String, MountConfig.Given> settings(Section mount) {
        return ImmutableMap.copyOf(mount.<MountConfig.Given>map("settings", (value, place) -> {
            if (value.isNull() || value instanceof JsonArray || value instanceof JsonObject) {
                mount.problems()
                        .add(place, place.leaf() + " is " + Section.kind(value), "a text, a number, true or false");
                return Optional.empty();
            }
            return Optional.of(
                    new MountConfig.Given(value.toString(), mount.problems().place(place)));
        }));
    }

    private static String file(Section section, ConfigLoader.Source source) {
        Optional<String> text = section.text("file");
        try {
            return text.map(path -> source.path(path).toString()).orElse("");
        } catch (InvalidPathException noPath) {
            section.problems().add(section.at("file"), "file is not a path", "the path of a file");
            return "";
        }
    }

    private static Optional<KeySource> key(String name, List<String> keys, Section mount, ConfigLoader.Source source) {
        if (!mount.has(name)) {
            return Optional.empty();
        }
        Section key = mount.section(name, keys);
        if (key.has("file") == key.has("variable")) {
            key.problems()
                    .add(
                            key.at(),
                            name + " needs either a file or an environment variable",
                            "one of file and variable");
        }
        return Optional.of(new KeySource(
                file(key, source),
                key.text("variable").orElse(""),
                key.word("encoding", KeySource.Encoding.class, KeySource.Encoding.TEXT),
                key.text("accept_short_secret_until").flatMap(text -> day(text, key)),
                key.text("system").orElse(Origin.UNNAMED_SYSTEM)));
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
