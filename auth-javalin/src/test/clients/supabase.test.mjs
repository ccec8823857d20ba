// The client of Supabase Auth, @supabase/auth-js, against supabase.yaml. The grace of refresh tokens is 2 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AuthClient, isAuthApiError, isAuthSessionMissingError, isAuthWeakPasswordError } from '@supabase/auth-js';
import { claims, counting, expiry, newEmail, otherPassword, password, server, sleep } from './server.mjs';

/** Where access tokens last 15 minutes, and where they last 3 seconds. */
const lasting = `${server}/lasting/auth/v1`;
const brief = `${server}/brief/auth/v1`;

/** A client as in one tab of a browser, with a storage of its own that begins as a copy of another's. */
const client = (url = lasting, copied = undefined) => {
    const items = new Map(copied?.items);
    const fetcher = counting();
    const storage = {
        getItem: async (key) => items.get(key) ?? null,
        setItem: async (key, value) => void items.set(key, value),
        removeItem: async (key) => void items.delete(key),
    };
    const made = new AuthClient({
        url,
        storage,
        fetch: fetcher,
        autoRefreshToken: false,
        persistSession: true,
        detectSessionInUrl: false,
    });
    made.items = items;
    made.requests = fetcher;
    return made;
};

const succeeded = ({ data, error }) => {
    assert.equal(error, null);
    return data;
};

const signedUp = async (url = lasting) => {
    const one = client(url);
    const email = newEmail();
    const { session } = succeeded(await one.signUp({ email, password, options: { data: { name: 'Ada' } } }));
    return { one, email, session };
};

const signedIn = async (email, shown = password) => {
    const one = client();
    const { session } = succeeded(await one.signInWithPassword({ email, password: shown }));
    return { one, session };
};

/** Both tokens of a session are refused. */
const assertEnded = async (session) => {
    const { error: access } = await client().getUser(session.access_token);
    assert.ok(isAuthSessionMissingError(access), `the access token: ${access}`);
    const { error: refresh } = await client().refreshSession(session);
    assert.ok(isAuthApiError(refresh), `the refresh token: ${refresh}`);
    assert.equal(refresh.status, 400);
    assert.equal(refresh.code, 'refresh_token_not_found');
};

const assertLives = async (session) => {
    assert.equal(succeeded(await client().getUser(session.access_token)).user.id, session.user.id);
};

test('sign up and sign in give a session and the user', async () => {
    const { email } = await signedUp();
    const { one, session } = await signedIn(email);
    assert.equal(session.token_type, 'bearer');
    assert.equal(session.expires_in, 900);
    assert.equal(session.expires_at, claims(session.access_token).exp);
    assert.equal(session.user.email, email);
    assert.equal(session.user.aud, 'authenticated');
    assert.equal(session.user.user_metadata.name, 'Ada');
    const { user } = succeeded(await one.getUser());
    assert.deepEqual(user, session.user);
    assert.equal(claims(session.access_token).sub, user.id);
    assert.match(claims(session.access_token).session_id, /^[0-9a-f-]{36}$/);
});

test('the client verifies a token with the published keys, without a request for it', async () => {
    const { one, session } = await signedUp();
    const { claims: read, header } = succeeded(await one.getClaims(session.access_token));
    assert.equal(read.sub, session.user.id);
    assert.equal(header.alg, 'ES256');
    assert.equal(one.requests.count('GET /lasting/auth/v1/.well-known/jwks.json'), 1);
    assert.equal(one.requests.count('GET /lasting/auth/v1/user'), 0);
});

test('a wrong password is an AuthApiError', async () => {
    const { email } = await signedUp();
    const { data, error } = await client().signInWithPassword({ email, password: otherPassword });
    assert.equal(data.session, null);
    assert.ok(isAuthApiError(error));
    assert.equal(error.status, 400);
    assert.equal(error.code, 'invalid_credentials');
    assert.equal(error.message, 'Invalid login credentials');
});

test('a short password is an AuthWeakPasswordError, a known address an AuthApiError', async () => {
    const email = newEmail();
    const { error: weak } = await client().signUp({ email, password: 'short' });
    assert.ok(isAuthWeakPasswordError(weak), String(weak));
    succeeded(await client().signUp({ email, password }));
    const { error: known } = await client().signUp({ email, password });
    assert.equal(known.code, 'user_already_exists');
});

test('the client refreshes by itself, also after the access token has expired', async () => {
    const { one, session } = await signedUp(brief);
    const events = [];
    one.onAuthStateChange((event) => events.push(event));
    await expiry(session.access_token);
    const { user } = succeeded(await one.getUser());
    assert.equal(user.id, session.user.id);
    assert.ok(events.includes('TOKEN_REFRESHED'), events.join());
    const { session: next } = succeeded(await one.getSession());
    assert.notEqual(next.access_token, session.access_token);
    assert.notEqual(next.refresh_token, session.refresh_token);
    assert.equal(claims(next.access_token).session_id, claims(session.access_token).session_id);
});

test('the ticker of the client refreshes without a request', async () => {
    const { one, session } = await signedUp(brief);
    await one.startAutoRefresh();
    await sleep(500);
    await one.stopAutoRefresh();
    assert.ok(one.requests.count('POST /brief/auth/v1/token') > 0);
    assert.notEqual(JSON.parse([...one.items.values()][0]).refresh_token, session.refresh_token);
});

test('requests at the same time after the expiry share one refresh', async () => {
    const { one, session } = await signedUp(brief);
    await expiry(session.access_token);
    const answers = await Promise.all(Array.from({ length: 8 }, () => one.getUser()));
    answers.forEach((answer) => assert.equal(succeeded(answer).user.id, session.user.id));
    assert.equal(one.requests.count('POST /brief/auth/v1/token'), 1);
});

test('two tabs that refresh at the same time stay signed in, again and again', async () => {
    const { one, session } = await signedUp();
    const two = client(lasting, one);
    for (let round = 0; round < 3; round++) {
        await Promise.all([one, two].map(async (tab) => succeeded(await tab.refreshSession())));
        const [first, second] = await Promise.all([one, two].map((tab) => JSON.parse([...tab.items.values()][0])));
        assert.equal(first.refresh_token, second.refresh_token);
        assert.equal(first.user.id, session.user.id);
    }
});

test('a refresh token that is used again after the grace ends its session', async () => {
    const { one, session } = await signedUp();
    succeeded(await one.refreshSession());
    await sleep(2300);
    const { session: next } = succeeded(await one.refreshSession());
    await assertLives(next);
    const { error } = await client().refreshSession(session);
    assert.equal(error.code, 'refresh_token_already_used');
    assert.equal(error.status, 400);
    await assertEnded(next);
    assert.equal((await one.refreshSession()).error.code, 'refresh_token_not_found');
});

test('signing out of this session ends it and no other', async () => {
    const { email, session: other } = await signedUp();
    const { one } = await signedIn(email);
    const { session } = succeeded(await one.getSession());
    await assertLives(session);
    const { error } = await one.signOut({ scope: 'local' });
    assert.equal(error, null);
    assert.equal(succeeded(await one.getSession()).session, null);
    await assertEnded(session);
    succeeded(await client().refreshSession(other));
});

test('signing out the others leaves this session', async () => {
    const { email, session: other } = await signedUp();
    const { one } = await signedIn(email);
    const { error } = await one.signOut({ scope: 'others' });
    assert.equal(error, null);
    succeeded(await one.getUser());
    await assertEnded(other);
});

test('signing out everywhere ends all sessions', async () => {
    const { email, session: other } = await signedUp();
    const { one } = await signedIn(email);
    const { session } = succeeded(await one.getSession());
    const { error } = await one.signOut();
    assert.equal(error, null);
    await assertEnded(session);
    await assertEnded(other);
});

test('a client whose session was ended elsewhere can still sign out', async () => {
    const { one, email } = await signedUp();
    const two = client(lasting, one);
    const { one: elsewhere } = await signedIn(email);
    assert.equal((await elsewhere.signOut()).error, null);
    await two.signOut();
    assert.equal(succeeded(await two.getSession()).session, null);
});

test('a new password keeps this session and ends the others', async () => {
    const { email, session: other } = await signedUp();
    const { one } = await signedIn(email);
    const { user } = succeeded(await one.updateUser({ password: otherPassword }));
    assert.equal(user.email, email);
    succeeded(await one.getUser());
    await assertEnded(other);
    const { error } = await client().signInWithPassword({ email, password });
    assert.equal(error.code, 'invalid_credentials');
    await signedIn(email, otherPassword);
});

test('tokens that are none are AuthApiErrors', async () => {
    const { error: access } = await client().getUser('a.b.c');
    assert.equal(access.status, 403);
    assert.equal(access.code, 'bad_jwt');
    const { error: refresh } = await client().refreshSession({ refresh_token: 'abcdefghijkl' });
    assert.equal(refresh.status, 400);
    assert.equal(refresh.code, 'refresh_token_not_found');
});
