package dev.countersign.server.command;

import dev.countersign.crypto.jjwt.KeyMaterial;
import dev.countersign.crypto.jjwt.SigningAlgorithm;
import dev.countersign.server.KeyAdmin;
import dev.countersign.server.KeyFile;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.KeySource;
import dev.countersign.server.config.TextFile;
import dev.countersign.server.files.FileTrouble;
import dev.countersign.user.Origin;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Adds a key that was made elsewhere. */
@Command(
        mixinStandardHelpOptions = true,
        name = "add",
        description =
                "Add a key from a file: PEM, a JWK or JWK Set, or a shared secret. It signs after a delay like a new"
                        + " key, or with --verify-only verifies tokens of an old system until a date.")
final class KeyAddCommand implements Callable<Integer> {

    private static final String FROM_STDIN = "-";
    private static final Duration LONGEST_SHORT = Duration.ofDays(366);

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = KeyCommand.MOUNT, description = KeyCommand.NAMED)
    private String mount = "";

    @Parameters(
            index = "1",
            paramLabel = "FILE",
            description = "the file, or - for standard input; one with a secret must be readable only by its owner")
    private String file = FROM_STDIN;

    @Option(
            names = "--encoding",
            paramLabel = "ENCODING",
            description =
                    "pem, json (JWK, JWK Set), text (the characters are the secret), base64 or hex (default: pem or"
                            + " json if the file looks like it, else text)")
    private KeySource.@Nullable Encoding encoding;

    @Option(
            names = "--algorithm",
            paramLabel = "NAME",
            description =
                    "algorithm of the key, such as HS256 or ES256 (default: as the key says, else the dialect's, else"
                            + " the usual one of its type)")
    private @Nullable String algorithm;

    @Option(names = "--key-id", paramLabel = "ID", description = "id of the key (default: as the key says, or derived)")
    private @Nullable String id;

    @Option(names = "--after", paramLabel = "TIME", description = KeyCommand.AFTER)
    private @Nullable String after;

    @Option(names = "--verify-only", description = "the key is an old system's: it verifies its tokens and signs none")
    private boolean verifyOnly;

    @Option(
            names = "--from-system",
            paramLabel = "NAME",
            description = "name of the old system, as in user import --system, if several systems are replaced")
    private @Nullable String system;

    @Option(
            names = "--until",
            paramLabel = "DATE",
            description =
                    "day from whose beginning (UTC) the old system's tokens are refused, such as 2027-06-30, or a time")
    private @Nullable String until;

    @Option(
            names = "--accept-short-secret",
            description =
                    "DANGER: accept a secret shorter than its hash, which can perhaps be guessed from a single token;"
                            + " only with --verify-only, and until a date within a year")
    private boolean acceptShort;

    KeyAddCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws ConfigException {
        checkOptions();
        Optional<Duration> delay = KeyCommand.delay(after, spec);
        Optional<Instant> end = Optional.ofNullable(until).map(this::time);
        try (KeyAdmin keys = KeyAdmin.open(ConfiguredCommand.config(spec, terminal), terminal.environment())) {
            KeyFile source = source(keys);
            List<KeyMaterial> added = acceptShort ? List.of(source.shortSecret()) : source.keys();
            checkAlgorithm(added);
            List<String> lines = end.isPresent()
                    ? keys.addOldSystem(mount, added, system == null ? Origin.UNNAMED_SYSTEM : system, end.get())
                    : keys.add(mount, single(added), delay);
            lines.forEach(terminal.out()::println);
            return AuthCommand.DONE;
        } catch (IOException unusable) {
            terminal.err().println(file + ": " + FileTrouble.of(unusable));
            return AuthCommand.REFUSED;
        }
    }

    private void checkAlgorithm(List<KeyMaterial> keys) throws ConfigException {
        for (KeyMaterial key : keys) {
            SigningAlgorithm read = key.algorithm();
            if (algorithm != null && read != named(algorithm)) {
                String wanted = named(algorithm).joseName();
                throw new ConfigException(
                        read.isShared() && !named(algorithm).isShared()
                                ? wanted + " does not suit a shared secret"
                                : wanted + " does not suit the key, which is for " + read.joseName());
            }
        }
    }

    private KeyFile source(KeyAdmin keys) throws ConfigException, IOException {
        SigningAlgorithm preferred = algorithm == null ? keys.algorithm(mount) : named(algorithm);
        KeyFile source = file.equals(FROM_STDIN)
                ? KeyFile.of("standard input", TextFile.decode(terminal.in().readAllBytes()), preferred)
                : KeyFile.read(TextFile.path(file), preferred);
        KeyFile encoded = encoding == null ? source : source.encoded(encoding);
        return id == null ? encoded : encoded.withId(id);
    }

    private void checkOptions() {
        if (!verifyOnly && (system != null || until != null || acceptShort)) {
            throw usage("--from-system, --until and --accept-short-secret are for a key that is --verify-only");
        }
        if (verifyOnly && until == null) {
            throw usage(
                    "a key that is --verify-only needs an end: --until DATE, when the old system's last token has expired");
        }
        if (verifyOnly && after != null) {
            throw usage("--after is for a key that signs; this one is --verify-only");
        }
    }

    private Instant time(String text) {
        Instant end;
        try {
            end = text.contains("T")
                    ? Instant.parse(text)
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException noTime) {
            throw usage("--until is a day such as 2027-06-30 or a time such as 2027-06-30T12:00:00Z, in UTC");
        }
        if (acceptShort && end.isAfter(InstantSource.system().instant().plus(LONGEST_SHORT))) {
            throw usage("a short secret is accepted for a year at most: choose an earlier --until");
        }
        return end;
    }

    private SigningAlgorithm named(String name) {
        return Arrays.stream(SigningAlgorithm.values())
                .filter(one -> one.joseName().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> usage("--algorithm is one of "
                        + Arrays.stream(SigningAlgorithm.values())
                                .map(SigningAlgorithm::joseName)
                                .collect(Collectors.joining(", "))));
    }

    private KeyMaterial single(List<KeyMaterial> keys) {
        if (keys.size() != 1) {
            throw usage("the file has several keys: give the one that is to sign");
        }
        return keys.get(0);
    }

    private ParameterException usage(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }
}
