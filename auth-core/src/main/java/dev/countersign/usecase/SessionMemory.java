package dev.countersign.usecase;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.countersign.port.UserChanges;
import dev.countersign.session.SessionId;
import dev.countersign.token.ReadToken;
import dev.countersign.token.TokenKey;
import dev.countersign.user.User;
import dev.countersign.user.UserId;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What this process knows of users and tokens, until a change is reported. Everything in it was read from the store after the last reported change of
 * that user. Thread-safe.
 */
final class SessionMemory {

    private final Cache<TokenKey, Known> tokens;
    private final Cache<UserId, Owner> owners;
    private final AtomicLong changes = new AtomicLong();

    SessionMemory(long most) {
        this.tokens = CacheBuilder.newBuilder().maximumSize(most).build();
        // A token holds its owner, which must not miss a report because the cache had no room for it.
        this.owners = CacheBuilder.newBuilder()
                .maximumSize(most)
                .<UserId, Owner>removalListener(removed -> forgotten(removed.getValue()))
                .build();
    }

    /** A user as last read, shared by the user's tokens. */
    static final class Owner {

        private volatile User user;
        private volatile boolean isForgotten;

        private Owner(User user) {
            this.user = user;
        }

        User user() {
            return user;
        }
    }

    /**
     * A token as last read.
     *
     * @param owner its user
     * @param session the session that it belongs to; null if it belongs to no stored one
     * @param ended whether it has been ended
     * @param random what a random token does not say itself; null for a signed one
     */
    record Known(
            Owner owner,
            @Nullable SessionId session,
            boolean ended,
            @Nullable ReadToken random) {}

    private static void forgotten(@Nullable Owner owner) {
        if (owner != null) {
            owner.isForgotten = true;
        }
    }

    /** To be asked before the store is read, and given to {@link #remember} with the result. */
    long mark() {
        return changes.get();
    }

    /** What is known of a token; null if the store has to be asked. */
    @Nullable
    Known find(TokenKey token) {
        Known known = tokens.getIfPresent(token);
        return known == null || known.owner().isForgotten ? null : known;
    }

    /** Remembers a token that was read after a mark, unless a change was reported meanwhile. */
    Known remember(long mark, TokenKey token, User user, @Nullable SessionId session, boolean ended) {
        return remember(mark, token, user, session, ended, null);
    }

    Known remember(
            long mark,
            TokenKey token,
            User user,
            @Nullable SessionId session,
            boolean ended,
            @Nullable ReadToken random) {
        Owner owner = owners.asMap().compute(user.id(), (id, before) -> {
            if (before == null || before.isForgotten) {
                return new Owner(user);
            }
            before.user = user;
            return before;
        });
        Known known = new Known(owner, session, ended, random);
        tokens.put(token, known);
        if (changes.get() != mark) {
            forget(user.id());
        }
        return known;
    }

    /** Replaces the user of remembered tokens by a version that was read after a mark. */
    void refresh(long mark, User user) {
        Owner owner = owners.getIfPresent(user.id());
        if (owner != null) {
            owner.user = user;
        }
        if (changes.get() != mark) {
            forget(user.id());
        }
    }

    void forget(UserChanges.Changes reported) {
        if (reported.everybody()) {
            changes.incrementAndGet();
            owners.asMap().values().forEach(SessionMemory::forgotten);
            owners.invalidateAll();
            tokens.invalidateAll();
        } else {
            reported.users().forEach(this::forget);
        }
    }

    void forget(UserId user) {
        changes.incrementAndGet();
        forgotten(owners.asMap().remove(user));
    }

    /** How many tokens are remembered, about. */
    long size() {
        return tokens.size();
    }
}
