package dev.countersign.usecase;

import static java.util.Objects.requireNonNull;

import dev.countersign.AuthFault;
import dev.countersign.event.Actor;
import dev.countersign.event.LoginDetail.SessionsEnded;
import dev.countersign.event.LoginDetail.SessionsEnded.Cause;
import dev.countersign.port.SecurityEvents;
import dev.countersign.port.SessionStore;
import dev.countersign.port.UnitOfWork;
import dev.countersign.port.UserChanges;
import dev.countersign.session.Client;
import dev.countersign.session.EndScope;
import dev.countersign.session.Session;
import dev.countersign.session.SessionId;
import dev.countersign.user.UserId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of all users of one store, shared by every {@code Auth} over it. Remembers the tokens and users that it has read, so that a token costs no
 * query after its first use, and forgets them as soon as the store reports a change by any process: a session that was ended anywhere is refused here
 * within {@link #delay}. A thread of its own listens to the reports, until {@link #close}. Thread-safe.
 */
public final class Sessions implements AutoCloseable {

    /** The default of {@link #delay}: 1 s. */
    public static final Duration DEFAULT_DELAY = Duration.ofSeconds(1);

    /** The default of the most tokens that are remembered. */
    public static final int DEFAULT_REMEMBERED = 100_000;

    private final SessionStore store;
    private final UnitOfWork unit;
    private final InstantSource clock;
    private final SecurityEvents events;
    private final SessionMemory memory;
    private final ChangeWatch watch;
    private final Duration delay;
    private final WhenSilent whenSilent;

    private Sessions(Builder from) {
        this.store = from.store;
        this.unit = from.unit;
        this.clock = from.clock;
        this.events = from.events;
        this.delay = from.delay;
        this.whenSilent = from.whenSilent;
        this.memory = new SessionMemory(from.remembered);
        this.watch = new ChangeWatch(from.changes, memory, delay, from.whenSilent, store::sweep, from.onSilence, clock);
    }

    /**
     * Starts assembling.
     *
     * @param store the stored sessions
     * @param changes reports changes of users and sessions in the same database
     * @param unit a unit of work that the session store and the user store take part in
     * @param clock the source of the current time
     * @return a builder
     */
    public static Builder over(SessionStore store, UserChanges changes, UnitOfWork unit, InstantSource clock) {
        return new Builder(
                requireNonNull(store, "store"),
                requireNonNull(changes, "changes"),
                requireNonNull(unit, "unit"),
                requireNonNull(clock, "clock"));
    }

    /** What to do with tokens while the store has been silent for longer than the delay, such as when the database is away. */
    public enum WhenSilent {
        /** Refuse them as temporarily unavailable: a token that was ended elsewhere is never accepted after the delay. */
        REFUSE,
        /** Accept what is remembered: users stay logged in, and so do sessions that were ended elsewhere meanwhile. */
        ACCEPT
    }

    /** {@return what happens to tokens while the store is silent} */
    public WhenSilent whenSilent() {
        return whenSilent;
    }

    /** {@return the longest time after which a session that was ended anywhere is refused here} */
    public Duration delay() {
        return delay;
    }

    /**
     * The state of the connection to the store's reports, for health checks and metrics.
     *
     * @param silence how long ago the store was last heard
     * @param isSilent whether that is longer than the delay
     * @param remembered how many tokens are remembered, about
     */
    public record Health(Duration silence, boolean isSilent, long remembered) {

        /** Rejects null. */
        public Health {
            requireNonNull(silence, "silence");
        }
    }

    /** {@return the current state} */
    public Health health() {
        return new Health(watch.silence(), watch.isSilent(), memory.size());
    }

    /**
     * The sessions of a user that can still be used, the latest login first.
     *
     * @param user the user's number
     * @return the sessions
     * @throws AuthFault if the store fails
     */
    public List<Session> of(UserId user) {
        return store.live(requireNonNull(user, "user"), Present.of(clock));
    }

    /**
     * Looks a session up.
     *
     * @param id its id
     * @return the session; empty if there is none, or it was swept
     * @throws AuthFault if the store fails
     */
    public Optional<Session> find(SessionId id) {
        return store.find(requireNonNull(id, "id"));
    }

    /**
     * The sessions that have an access token with this id.
     *
     * @param tokenId the token's id, as in its claim {@code jti}
     * @return the sessions, also ended ones
     * @throws AuthFault if the store fails
     */
    public List<Session> findByTokenId(String tokenId) {
        return store.findByTokenId(requireNonNull(tokenId, "tokenId"));
    }

    /**
     * Ends a session. The caller must have checked that this is allowed, such as for an operator.
     *
     * @param session the session
     * @param cause why, for the event
     * @return whether it had not been ended before
     * @throws AuthFault if the store fails
     */
    public boolean end(Session session, Cause cause) {
        requireNonNull(session, "session");
        requireNonNull(cause, "cause");

        boolean ended = endStored(session);
        if (ended) {
            report(session.userId(), session.mount(), new SessionsEnded(Optional.of(session.id()), cause));
        }
        return ended;
    }

    /** Ends a session without an event; returns whether it had not been ended before. */
    boolean endStored(Session session) {
        boolean ended = store.end(session.id(), Present.of(clock));
        memory.forget(session.userId());
        return ended;
    }

    /**
     * Ends all sessions of a user, and all tokens that belong to no stored session.
     *
     * @param user the user's number
     * @param cause why, for the event
     * @return how many sessions were ended
     * @throws AuthFault if the store fails
     */
    public int endAll(UserId user, Cause cause) {
        requireNonNull(user, "user");
        requireNonNull(cause, "cause");

        Set<SessionId> ended = endStored(user, EndScope.EVERYTHING, null);
        if (!ended.isEmpty()) {
            report(user, "", new SessionsEnded(Optional.empty(), cause));
        }
        return ended.size();
    }

    /** Ends sessions of a user without an event; returns those that had not been ended before. */
    Set<SessionId> endStored(UserId user, EndScope scope, @Nullable SessionId except) {
        Set<SessionId> ended = store.endAll(user, scope, except, Present.of(clock));
        memory.forget(user);
        return ended;
    }

    private void report(UserId user, String mount, SessionsEnded detail) {
        Actor by = detail.cause() == Cause.OPERATOR ? Actor.OPERATOR : Actor.USER;
        new Reporter(events, clock, mount).report(Optional.of(user), by, Client.unknown(), detail);
    }

    /**
     * The receiver of the events, also for an {@code Auth} that has none of its own.
     *
     * @return the receiver; one that ignores all events if there is none
     */
    public SecurityEvents events() {
        return events;
    }

    SessionStore store() {
        return store;
    }

    SessionMemory memory() {
        return memory;
    }

    <T> T inUnit(Supplier<T> work) {
        return unit.run(work);
    }

    /** Checks that what is remembered is not older than the delay. */
    void checkHeard() {
        watch.check();
    }

    /** Stops listening, and waits a moment until no thread uses the store any more. */
    @Override
    public void close() {
        watch.close();
    }

    /** Assembles {@link Sessions}. Not thread-safe. */
    public static final class Builder {

        private final SessionStore store;
        private final UserChanges changes;
        private final UnitOfWork unit;
        private final InstantSource clock;
        private SecurityEvents events = SecurityEvents.none();
        private Duration delay = DEFAULT_DELAY;
        private WhenSilent whenSilent = WhenSilent.REFUSE;
        private long remembered = DEFAULT_REMEMBERED;
        private Consumer<Boolean> onSilence = silent -> {};

        private Builder(SessionStore store, UserChanges changes, UnitOfWork unit, InstantSource clock) {
            this.store = store;
            this.changes = changes;
            this.unit = unit;
            this.clock = clock;
        }

        /**
         * Sets the receiver of events about sessions, and of all events of each {@code Auth} that has no receiver of its own.
         *
         * @param receiver receives the events; an exception that it throws is ignored, see {@link EventSinks}
         * @return this builder
         */
        public Builder events(SecurityEvents receiver) {
            this.events = EventSinks.of(List.of(requireNonNull(receiver, "events")), failed -> {});
            return this;
        }

        /**
         * Sets the longest time after which a session that was ended anywhere is refused here. The store is asked four times within it.
         *
         * @param longest 100 ms to 1 h
         * @return this builder
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder delay(Duration longest) {
            requireNonNull(longest, "delay");
            if (longest.compareTo(Duration.ofMillis(100)) < 0 || longest.compareTo(Duration.ofHours(1)) > 0) {
                throw new IllegalArgumentException("the delay of a revocation is 100 ms to 1 h: " + longest);
            }
            this.delay = longest;
            return this;
        }

        /** {@return this builder, with what to do with tokens while the store is silent} */
        public Builder whenSilent(WhenSilent choice) {
            this.whenSilent = requireNonNull(choice, "whenSilent");
            return this;
        }

        /**
         * Reports when the store has been silent for longer than the delay, and when it is heard again, for a log or an alarm.
         *
         * @param listener is called with true for silence and false for its end, on any thread; must be fast
         * @return this builder
         */
        public Builder onSilence(Consumer<Boolean> listener) {
            this.onSilence = requireNonNull(listener, "listener");
            return this;
        }

        /**
         * Sets how many tokens are remembered. Tokens beyond are looked up again.
         *
         * @param most at least 1
         * @return this builder
         * @throws IllegalArgumentException if it is less than 1
         */
        public Builder remembering(int most) {
            if (most < 1) {
                throw new IllegalArgumentException("at least one token is remembered: " + most);
            }
            this.remembered = most;
            return this;
        }

        /**
         * Assembles sessions that do not listen to changes, for a program that lists and ends sessions but validates no token.
         *
         * @return the sessions; closing them is not needed
         */
        public Sessions withoutListening() {
            return new Sessions(this);
        }

        /**
         * Starts listening to changes.
         *
         * @return the sessions; to be closed
         */
        public Sessions start() {
            Sessions sessions = new Sessions(this);
            sessions.watch.start();
            return sessions;
        }
    }
}
