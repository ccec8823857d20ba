package dev.countersign.port;

import dev.countersign.session.EndScope;
import dev.countersign.session.NewTokens;
import dev.countersign.session.Session;
import dev.countersign.session.SessionId;
import dev.countersign.session.StoredAccess;
import dev.countersign.session.StoredRefresh;
import dev.countersign.token.TokenKey;
import dev.countersign.user.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stores sessions and the keys of their tokens, never a token itself. Every method is atomic and durable when it returns, and takes part in units of
 * work. A session that has ended stays ended: nothing makes a token of it valid again. Each method that ends something is reported by {@link UserChanges}.
 * Thread-safe.
 *
 * <p>Every method may throw {@link dev.countersign.AuthFault} or another {@link RuntimeException} if the store fails. {@code SessionStoreContract} in the
 * testkit specifies the behaviour.
 */
public interface SessionStore {

    /**
     * Stores a new session with its first tokens.
     *
     * @param session the session, not ended
     * @param tokens its tokens
     * @return false, and nothing is stored, if the access token's key was ended before or the refresh token's key is stored already; the caller issues
     *     tokens with other keys
     */
    boolean open(Session session, NewTokens tokens);

    /**
     * Stores further tokens of a session and sets {@link Session#lastUsedAt}. If one of them expires later than the session, the session's expiry moves
     * to that time.
     *
     * @param session the session
     * @param tokens the tokens; without a refresh token the session's own stays as it is
     * @param usedAt the time of the use
     * @return false, and nothing is stored, if the session has ended or does not exist, or the access token's key was ended before, or the
     *     refresh token's key is stored already
     */
    boolean add(SessionId session, NewTokens tokens, Instant usedAt);

    /**
     * Spends a refresh token and stores its successors as {@link #add} does. Of several concurrent calls with one token, exactly one returns true.
     *
     * @param presented the key of the token that was presented
     * @param spent the use, with the seed of the successor
     * @param successors the new tokens, of which the refresh token is not null
     * @return false, and nothing is stored, if the token is unknown or spent, its session has ended, or the access token's key was ended before,
     *     or the new refresh token's key is stored already
     */
    boolean rotate(TokenKey presented, StoredRefresh.Spent spent, NewTokens successors);

    /**
     * Looks an access token up.
     *
     * @param access the token's key
     * @return the token; ended if it was ended, or any session with this key; empty if no stored session has it
     */
    Optional<StoredAccess> findAccess(TokenKey access);

    /**
     * Looks a refresh token up.
     *
     * @param refresh the token's key
     * @return the token, also a spent one; empty if it is unknown
     */
    Optional<StoredRefresh> findRefresh(TokenKey refresh);

    /**
     * When all tokens of a user were last ended ({@link EndScope#EVERYTHING}), for tokens that belong to no stored session. Never forgotten.
     *
     * @param user the user's number
     * @return the time; empty if that never happened
     */
    Optional<Instant> everythingEndedAt(UserId user);

    /**
     * Looks a session up.
     *
     * @param id its id
     * @return the session, also an ended one that has not been swept
     */
    Optional<Session> find(SessionId id);

    /**
     * The sessions that have an access token with this id.
     *
     * @param tokenId the id, as in {@link NewTokens.Access#id}
     * @return the sessions, also ended ones
     */
    List<Session> findByTokenId(String tokenId);

    /**
     * The sessions of a user that have neither been ended nor expired, the latest login first.
     *
     * @param user the user's number
     * @param now the current time
     * @return the sessions
     */
    List<Session> live(UserId user, Instant now);

    /**
     * Ends a session.
     *
     * @param id its id
     * @param at when; a session that has already ended keeps its time
     * @return whether the session existed and had not been ended
     */
    boolean end(SessionId id, Instant at);

    /**
     * Ends an access token, and every session that it belongs to. A token without a stored session is remembered as ended until it expires.
     *
     * @param access the token's key
     * @param owner a session to store as ended for a token without one; it expires when the token does
     * @param at when
     */
    void endSessionsOf(TokenKey access, Session owner, Instant at);

    /**
     * Ends an access token, but not its session.
     *
     * @param access the token's key
     * @param at when
     * @return whether it was stored and had not been ended
     */
    boolean endAccess(TokenKey access, Instant at);

    /**
     * Ends sessions of a user.
     *
     * @param user the user's number
     * @param scope which ones; {@link EndScope#EVERYTHING} also sets {@link #everythingEndedAt}
     * @param except a session to keep; null for none
     * @param at when
     * @return the sessions that were ended
     */
    Set<SessionId> endAll(UserId user, EndScope scope, @Nullable SessionId except, Instant at);

    /**
     * Deletes what has expired: tokens, and sessions of which all tokens have been deleted.
     *
     * @param before tokens that expired before this time are deleted
     * @return how many sessions were deleted
     */
    int sweep(Instant before);
}
