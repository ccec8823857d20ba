package dev.countersign.testkit.contract;

import dev.countersign.session.NewTokens;
import dev.countersign.session.Session;
import dev.countersign.session.SessionId;
import dev.countersign.session.StoredRefresh;
import dev.countersign.token.TokenKey;
import dev.countersign.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Sessions and tokens to store in contracts. Each token's key is unique unless it is named. */
final class SampleSessions {

    static final UserId HAN = new UserId(7);
    static final UserId LEIA = new UserId(9_007_199_254_740_995L);
    static final Instant START = Instant.parse("2024-02-29T12:34:56.123456Z");
    static final Instant LATER = START.plus(Duration.ofMinutes(5));
    static final Instant TOKEN_END = START.plus(Duration.ofHours(1));
    static final Instant REFRESH_END = START.plus(Duration.ofDays(14));
    static final Instant SESSION_END = START.plus(Duration.ofDays(90));

    private static final AtomicLong NUMBERS = new AtomicLong();

    private SampleSessions() {}

    static Session session(UserId user) {
        return session(user, START);
    }

    static Session session(UserId user, Instant startedAt) {
        return new Session(newId(), "shop", user, startedAt, startedAt, SESSION_END, null, true, "Falcon/1.0 \"🚀\"");
    }

    static Session surviving(UserId user) {
        return new Session(newId(), "shop", user, START, START, SESSION_END, null, false, "");
    }

    static SessionId newId() {
        return new SessionId(new UUID(0x4000L, Long.MIN_VALUE | NUMBERS.incrementAndGet()));
    }

    static TokenKey newKey() {
        return TokenKey.ofText("token " + NUMBERS.incrementAndGet());
    }

    static NewTokens.Access access(TokenKey key) {
        return new NewTokens.Access(key, newId().toString(), START, TOKEN_END);
    }

    static NewTokens alone(TokenKey access) {
        return new NewTokens(access(access), null);
    }

    static NewTokens pair(TokenKey access, TokenKey refresh) {
        return new NewTokens(access(access), new NewTokens.Refresh(refresh, REFRESH_END));
    }

    static NewTokens pair() {
        return pair(newKey(), newKey());
    }

    static StoredRefresh.Spent spent(int number) {
        return new StoredRefresh.Spent(LATER, "seed " + number);
    }
}
