package dev.countersign.usecase;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.countersign.port.TokenCodec;
import dev.countersign.token.AccessToken;
import dev.countersign.token.ReadToken;
import dev.countersign.token.TokenKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The signed tokens that were verified last: verifying a signature costs more than all else in a request. Forgets all of them when the codec's keys
 * change. Says nothing about expiry, sessions and users, which are looked at in each request. Thread-safe.
 */
final class VerifiedTokens {

    /** The most tokens that are remembered, each with about 2 KB. */
    static final int MOST = 10_000;

    private final TokenCodec codec;
    private volatile @Nullable Generation last;

    VerifiedTokens(TokenCodec codec) {
        this.codec = codec;
    }

    /**
     * A verified token.
     *
     * @param token the token
     * @param key the key by which it is stored
     */
    record Verified(ReadToken token, TokenKey key) {}

    /** The tokens that were verified with the same keys, by the digest of the whole token with its signature. */
    private record Generation(Object keys, Cache<TokenKey, Verified> tokens) {}

    /** The place of one token among those that the keys of now have verified. */
    record Place(
            @Nullable Cache<TokenKey, Verified> tokens,
            @Nullable TokenKey digest) {

        private static final Place NONE = new Place(null, null);

        /** The token, if it was verified before. */
        @Nullable
        Verified get() {
            return tokens == null || digest == null ? null : tokens.getIfPresent(digest);
        }

        void put(Verified verified) {
            if (tokens != null && digest != null) {
                tokens.put(digest, verified);
            }
        }

        void remove() {
            if (tokens != null && digest != null) {
                tokens.invalidate(digest);
            }
        }
    }

    /** Asks for the keys before the token is verified: if they change meanwhile, the token is not remembered for the later ones. */
    Place of(AccessToken token) {
        Optional<Object> keys = codec.verifyingKeys();
        String compact = token.revealCompact();
        return keys.isEmpty() || compact.length() > TokenCodec.MAX_LENGTH
                ? Place.NONE
                : new Place(tokens(keys.get()), TokenKey.ofText(compact));
    }

    private Cache<TokenKey, Verified> tokens(Object keys) {
        Generation known = last;
        if (known == null || !known.keys().equals(keys)) {
            known = new Generation(
                    keys, CacheBuilder.newBuilder().maximumSize(MOST).build());
            last = known;
        }
        return known.tokens();
    }
}
