package dev.countersign.server;

import com.google.common.collect.ImmutableList;
import dev.countersign.Auth;
import dev.countersign.api.LoginApi;
import dev.countersign.crypto.jjwt.JjwtTokenCodec;
import dev.countersign.crypto.zxcvbn.CommonPasswords;
import dev.countersign.dialect.Dialect;
import dev.countersign.hashing.HashBudget;
import dev.countersign.password.DecoyKey;
import dev.countersign.port.HashSample;
import dev.countersign.port.PasswordHasher;
import dev.countersign.port.SecurityEvents;
import dev.countersign.port.ThrottleStore;
import dev.countersign.port.UserStore;
import dev.countersign.server.Dialects.Chosen;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.MountConfig;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.token.SubjectClaim;
import dev.countersign.usecase.DecoyMix;
import dev.countersign.usecase.Sessions;
import dev.countersign.usecase.Throttle;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Assembles the mounts: each configured dialect with its keys and an {@code Auth}. */
final class Mounts {

    private static final Logger LOG = LoggerFactory.getLogger(Mounts.class);

    private final ServerConfig config;
    private final ImmutableList<Chosen> chosen;
    private final UserStore users;
    private final Sessions sessions;
    private final HashSample sample;
    private final ThrottleStore failures;
    private final KeyRings keys;
    private final InstantSource clock;
    private final SecureRandom random;
    private final PasswordHasher hasher;
    private final Consumer<RuntimeException> lost;
    private final SecurityEvents events;
    private final DemoMode demo;
    private final HashBudget budget;

    Mounts(
            ServerConfig config,
            ImmutableList<Chosen> chosen,
            UserStore users,
            Sessions sessions,
            HashSample sample,
            ThrottleStore failures,
            KeyRings keys,
            InstantSource clock,
            SecureRandom random,
            PasswordHasher hasher,
            Consumer<RuntimeException> lost,
            SecurityEvents events,
            DemoMode demo) {
        this.config = config;
        this.chosen = chosen;
        this.users = users;
        this.sessions = sessions;
        this.sample = sample;
        this.failures = failures;
        this.keys = keys;
        this.clock = clock;
        this.random = random;
        this.hasher = hasher;
        this.lost = lost;
        this.events = events;
        this.demo = demo;
        this.budget = HashBudget.of(config.hashing());
    }

    /** The limits of hashing, shared by all mounts. */
    HashBudget budget() {
        return budget;
    }

    ImmutableList<LoginApi> all() throws ConfigException {
        CommonPasswords common = Blocklist.of(config);
        TokenSizes sizes = new TokenSizes(
                chosen.stream().map(choice -> choice.dialect().token()).toList());
        ImmutableList.Builder<LoginApi> mounts = ImmutableList.builder();
        DecoyMix decoys = decoys();
        Throttle throttle = LoginThrottle.of(config, failures, keys, clock);
        for (Chosen choice : chosen) {
            MountConfig mount = choice.mount();
            Dialect dialect = choice.dialect();
            Auth auth = Auth.builder()
                    .users(users)
                    .hasher(hasher)
                    .hashBudget(budget)
                    .decoys(decoys)
                    .dialect(dialect, JjwtTokenCodec.following(keys.ring(choice.id()), random), common)
                    .clock(clock)
                    .random(random)
                    .sessions(sessions, choice.id())
                    .throttle(throttle)
                    .alsoFitting(sizes::fit)
                    .onLostLoginNote(lost)
                    .events(events)
                    .build();
            LoginApi mounted = opened(mount(auth, mount), mount)
                    .withMaxBodyBytes(config.maxBody())
                    .trusting(config.proxies());
            mounts.add(shared(config.queryTokens() ? mounted : mounted.withoutQueryTokens(), mount));
        }
        return mounts.build();
    }

    /** One mix of decoys for all mounts, keyed by the first mount's secret: nodes that accept each other's tokens share that secret. */
    private DecoyMix decoys() {
        if (keys.all().isEmpty()) {
            return DecoyMix.ofNewHashes(hasher);
        }
        DecoyKey key = DecoyKey.of(keys.all().get(0).get().deriveSecret("decoys"));
        DecoyMix decoys = DecoyMix.of(sample, hasher, key, clock, Mounts::runInBackground);
        decoys.refresh();
        return decoys;
    }

    private static void runInBackground(Runnable work) {
        Thread thread = new Thread(() -> logFault(work), "decoys");
        thread.setDaemon(true);
        thread.start();
    }

    private static void logFault(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException fault) {
            LOG.warn("the stored hashes cannot be sampled; the decoys stay unchanged: {}", fault.getMessage());
        }
    }

    /** The API with or without registration, as configured. */
    private LoginApi opened(LoginApi api, MountConfig mount) {
        Optional<Boolean> configured = mount.registration().or(config::registration);
        if (configured.isPresent()) {
            return configured.get() ? api : api.withoutRegistration();
        }
        return demo.makesUsers() ? api : api.withoutUnopenedRegistration();
    }

    private LoginApi mount(Auth auth, MountConfig mount) throws ConfigException {
        try {
            LoginApi api = LoginApi.of(auth).under(mount.prefix());
            return mount.verify().or(config::verify).map(api::withProxyCheck).orElse(api);
        } catch (IllegalArgumentException badPath) {
            throw new ConfigException("dialect " + auth.dialect().orElseThrow().name() + ": " + badPath.getMessage());
        }
    }

    /** The API with what pages of other origins may do. */
    private LoginApi shared(LoginApi api, MountConfig mount) throws ConfigException {
        try {
            return mount.cors().or(config::cors).map(api::withCors).orElse(api);
        } catch (IllegalArgumentException cookiesOnly) {
            throw new ConfigException("dialect " + api.dialect().name() + ": " + cookiesOnly.getMessage());
        }
    }

    /** An old system whose tokens a dialect accepts, and the kind of name that identifies users in them. */
    record OldTokens(String dialect, String system, SubjectClaim.Names names) {}

    List<OldTokens> oldTokens() {
        List<OldTokens> old = new ArrayList<>();
        for (Chosen choice : chosen) {
            for (String system : keys.ring(choice.id()).get().oldSystems()) {
                old.add(new OldTokens(
                        choice.dialect().name(),
                        system,
                        choice.dialect().token().subject().names()));
            }
        }
        return old;
    }
}
