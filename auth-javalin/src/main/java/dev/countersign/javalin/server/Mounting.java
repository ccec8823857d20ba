package dev.countersign.javalin.server;

import com.google.common.collect.ImmutableList;
import dev.countersign.Auth;
import dev.countersign.crypto.jjwt.JjwtTokenCodec;
import dev.countersign.crypto.jjwt.KeyRing;
import dev.countersign.crypto.zxcvbn.CommonPasswords;
import dev.countersign.dialect.Dialect;
import dev.countersign.javalin.Mount;
import dev.countersign.javalin.server.config.ConfigException;
import dev.countersign.javalin.server.config.MountConfig;
import dev.countersign.javalin.server.config.ServerConfig;
import dev.countersign.port.PasswordHasher;
import dev.countersign.port.UserStore;
import dev.countersign.token.SubjectClaim;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Puts dialects, keys and the core together. */
final class Mounting {

    private final ServerConfig config;
    private final UserStore users;
    private final KeyFiles keys;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Consumer<RuntimeException> lost;

    Mounting(
            ServerConfig config,
            UserStore users,
            Map<String, String> environment,
            InstantSource clock,
            SecureRandom random,
            Consumer<RuntimeException> lost) {
        this.config = config;
        this.users = users;
        this.keys = new KeyFiles(config.data(), environment, clock, random);
        this.clock = clock;
        this.random = random;
        this.lost = lost;
    }

    ImmutableList<Mount> mounts() throws ConfigException {
        PasswordHasher hasher = Hashers.of(config, random);
        CommonPasswords common = new CommonPasswords();
        List<Dialects.Chosen> choices = Dialects.of(config);
        TokenSizes sizes = new TokenSizes(
                choices.stream().map(choice -> choice.dialect().token()).toList());
        ImmutableList.Builder<Mount> mounts = ImmutableList.builder();
        Set<String> ids = new HashSet<>();
        for (Dialects.Chosen choice : choices) {
            MountConfig mount = choice.mount();
            Dialect dialect = choice.dialect();
            String id = id(dialect, mount.prefix());
            if (!ids.add(id)) {
                throw new ConfigException("two dialects are called " + dialect.name() + " below the prefix '"
                        + mount.prefix() + "', and would have one key: give one of them another prefix or name");
            }
            KeyRing ring = keys.ring(id, mount, dialect.token().algorithm());
            Auth auth = Auth.builder()
                    .users(users)
                    .hasher(hasher)
                    .dialect(dialect, new JjwtTokenCodec(ring, random), common)
                    .clock(clock)
                    .random(random)
                    .alsoFitting(sizes::fit)
                    .onLostLoginNote(lost)
                    .build();
            Mount mounted = mount(auth, mount.prefix()).withMaxBodyBytes(config.maxBody());
            mounts.add(config.queryTokens() ? mounted : mounted.withoutQueryTokens());
        }
        return mounts.build();
    }

    private static Mount mount(Auth auth, String prefix) throws ConfigException {
        try {
            return Mount.of(auth).under(prefix);
        } catch (IllegalArgumentException badPrefix) {
            throw new ConfigException("dialect " + auth.dialect().orElseThrow().name() + ": " + badPrefix.getMessage());
        }
    }

    /** Which old systems' tokens are taken, and what they name their users by. */
    record OldTokens(String dialect, String system, SubjectClaim.Names names) {}

    List<OldTokens> oldTokens() throws ConfigException {
        List<OldTokens> old = new ArrayList<>();
        for (Dialects.Chosen choice : Dialects.of(config)) {
            choice.mount()
                    .oldSecret()
                    .ifPresent(source -> old.add(new OldTokens(
                            choice.dialect().name(),
                            source.system(),
                            choice.dialect().token().subject().names())));
        }
        return old;
    }

    /** A mount's name among the others, and that of its key file: neither sign is in a dialect's name or in a prefix. */
    private static String id(Dialect dialect, String prefix) {
        return dialect.name() + prefix.replaceFirst("/", "@").replace('/', '+');
    }
}
