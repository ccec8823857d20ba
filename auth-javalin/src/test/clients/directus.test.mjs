// The client of Directus, @directus/sdk, against directus.yaml and the files of its other modes. The grace of refresh tokens is 2 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
    authentication,
    createDirectus,
    isDirectusError,
    readMe,
    registerUser,
    rest,
    updateMe,
} from '@directus/sdk';
import { browser, claims, counting, expiry, newEmail, otherPassword, password, server, sleep } from './server.mjs';

/** Where access tokens last 15 minutes, and where they last 3 seconds. */
const lasting = `${server}/lasting`;
const brief = { url: `${server}/brief` };

/** A client as in one tab of a browser, with a storage of its own that begins as a copy of another's. */
const client = (copied = undefined, options = {}) => {
    let stored = copied?.stored();
    const fetcher = counting(options.fetch);
    const made = createDirectus(options.url ?? lasting, { globals: { fetch: fetcher } })
        .with(
            authentication(options.mode ?? 'json', {
                autoRefresh: options.autoRefresh ?? false,
                // The client counts from the answer, the server from the second in which it issued the token.
                msRefreshBeforeExpires: options.before ?? 1000,
                storage: { get: async () => stored, set: async (value) => void (stored = value) },
            }),
        )
        .with(rest());
    return Object.assign(made, { stored: () => stored && { ...stored }, requests: fetcher });
};

const registered = async () => {
    const email = newEmail();
    await client().request(registerUser(email, password, { first_name: 'Ada' }));
    return email;
};

const loggedIn = async (options = {}) => {
    const email = options.email ?? (await registered());
    const one = client(undefined, options);
    const session = { ...(await one.login({ email, password: options.password ?? password })) };
    return { one, email, session };
};

/** The error of a request that is refused. */
const refusal = async (promise) => {
    const error = await promise.then(
        (value) => assert.fail(`an answer: ${JSON.stringify(value)}`),
        (reason) => reason,
    );
    assert.ok(isDirectusError(error), String(error));
    return { status: error.response.status, code: error.errors[0].extensions.code, message: error.message };
};

const withToken = async (token, options = {}) => {
    const one = client(undefined, options);
    await one.setToken(token);
    return one.request(readMe());
};

const refreshed = (refresh_token) => client({ stored: () => ({ refresh_token }) }).refresh();

/** Both tokens of a session are refused. */
const assertEnded = async ({ access_token, refresh_token }) => {
    assert.deepEqual(await refusal(withToken(access_token)), {
        status: 401,
        code: 'INVALID_CREDENTIALS',
        message: 'Invalid user credentials.',
    });
    assert.equal((await refusal(refreshed(refresh_token))).code, 'INVALID_CREDENTIALS');
};

test('login gives tokens, and the client reads its user', async () => {
    const { one, email, session } = await loggedIn();
    assert.equal(session.expires, 900_000);
    assert.equal(claims(session.access_token).iss, 'directus');
    const me = await one.request(readMe({ fields: ['id', 'email', 'first_name'] }));
    assert.equal(me.email, email);
    assert.equal(me.first_name, 'Ada');
    assert.equal(me.id, claims(session.access_token).id);
});

test('a wrong password is a DirectusError', async () => {
    const email = await registered();
    assert.deepEqual(await refusal(client().login({ email, password: otherPassword })), {
        status: 401,
        code: 'INVALID_CREDENTIALS',
        message: 'Invalid user credentials.',
    });
    assert.equal((await refusal(client().login({ email }))).code, 'INVALID_PAYLOAD');
});

test('a request without a token is forbidden, an expired token is named as such', async () => {
    assert.equal((await refusal(client().request(readMe()))).code, 'FORBIDDEN');
    const { session } = await loggedIn(brief);
    await expiry(session.access_token);
    assert.deepEqual(await refusal(withToken(session.access_token, brief)), {
        status: 401,
        code: 'TOKEN_EXPIRED',
        message: 'Token expired.',
    });
});

test('the client refreshes by itself before the access token expires', async () => {
    const { one, session } = await loggedIn({ ...brief, autoRefresh: true, before: 1500 });
    await sleep(2000);
    one.stopRefreshing();
    assert.equal(one.requests.count('POST /brief/auth/refresh'), 1);
    assert.notEqual(one.stored().refresh_token, session.refresh_token);
    assert.equal((await one.request(readMe())).id, claims(session.access_token).id);
});

test('the client refreshes by itself after the access token has expired; requests at the same time share it', async () => {
    const { one, email, session } = await loggedIn(brief);
    await expiry(session.access_token);
    const answers = await Promise.all(Array.from({ length: 8 }, () => one.request(readMe())));
    answers.forEach((me) => assert.equal(me.email, email));
    assert.equal(one.requests.count('POST /brief/auth/refresh'), 1);
    assert.notEqual(one.stored().access_token, session.access_token);
});

test('two tabs that refresh at the same time stay logged in, again and again', async () => {
    const { one, email } = await loggedIn();
    const two = client(one);
    for (let round = 0; round < 3; round++) {
        await Promise.all([one.refresh(), two.refresh()]);
        assert.equal(one.stored().refresh_token, two.stored().refresh_token);
    }
    assert.equal((await two.request(readMe())).email, email);
});

test('a refresh token that is used again after the grace ends its session', async () => {
    const { one, session } = await loggedIn();
    await one.refresh();
    await sleep(2300);
    const next = { ...(await one.refresh()) };
    await withToken(next.access_token);
    assert.equal((await refusal(refreshed(session.refresh_token))).code, 'INVALID_CREDENTIALS');
    await assertEnded(next);
});

test('logout ends the session on the server and no other', async () => {
    const { one, email, session } = await loggedIn();
    const { one: other } = await loggedIn({ email });
    assert.equal((await one.request(readMe())).email, email);
    await one.logout();
    assert.equal(await one.getToken(), null);
    await assertEnded(session);
    assert.equal((await other.request(readMe())).email, email);
    await other.refresh();
});

test('a client whose session was ended elsewhere can still log out', async () => {
    const { one } = await loggedIn();
    const two = client(one);
    await one.logout();
    await two.logout();
    assert.equal(await two.getToken(), null);
});

test('a new password ends all sessions', async () => {
    const { one, email, session } = await loggedIn();
    const { session: other } = await loggedIn({ email });
    const { email: shown } = await one.request(updateMe({ password: otherPassword }));
    assert.equal(shown, email);
    await assertEnded(session);
    await assertEnded(other);
    assert.equal((await refusal(client().login({ email, password }))).code, 'INVALID_CREDENTIALS');
    await loggedIn({ email, password: otherPassword });
});

test('in the mode cookie, the refresh token is in a cookie that scripts cannot read', async () => {
    const fetcher = browser();
    const mode = { mode: 'cookie', url: `${brief.url}/cookie`, fetch: fetcher };
    const { one, email, session } = await loggedIn(mode);
    assert.equal(session.refresh_token, undefined);
    const { value, attributes } = fetcher.cookies.get('directus_refresh_token');
    assert.ok(attributes.includes('HttpOnly'), attributes.join());
    await expiry(session.access_token);
    const answers = await Promise.all(Array.from({ length: 4 }, () => one.request(readMe())));
    answers.forEach((me) => assert.equal(me.email, email));
    assert.equal(one.requests.count('POST /brief/cookie/auth/refresh'), 1);
    assert.notEqual(fetcher.cookies.get('directus_refresh_token').value, value);
});

test('in the mode cookie, logout ends the session and the cookie', async () => {
    const fetcher = browser();
    const mode = { mode: 'cookie', url: `${lasting}/cookie`, fetch: fetcher };
    const { one, session } = await loggedIn(mode);
    const cookie = fetcher.cookies.get('directus_refresh_token');
    await one.logout();
    assert.equal(fetcher.cookies.size, 0);
    assert.equal((await refusal(withToken(session.access_token, { url: mode.url }))).code, 'INVALID_CREDENTIALS');
    fetcher.cookies.set(cookie.name, cookie);
    assert.equal((await refusal(client(undefined, mode).refresh())).code, 'INVALID_CREDENTIALS');
});

test('in the mode session, the client refreshes the token, which is in a cookie that scripts cannot read', async () => {
    const fetcher = browser();
    const { one, email, session } = await loggedIn({ mode: 'session', url: `${brief.url}/session`, fetch: fetcher, before: 1500 });
    assert.equal(session.access_token, undefined);
    const { value, attributes } = fetcher.cookies.get('directus_session_token');
    assert.ok(attributes.includes('HttpOnly'), attributes.join());
    assert.equal((await one.request(readMe())).email, email);
    await sleep(1700);
    assert.equal((await one.request(readMe())).email, email);
    assert.notEqual(fetcher.cookies.get('directus_session_token').value, value);
});

test('in the mode session, a new password ends the other sessions, and logout ends this one', async () => {
    const [fetcher, device] = [browser(), browser()];
    const mode = { mode: 'session', url: `${lasting}/session` };
    const { one, email } = await loggedIn({ ...mode, fetch: fetcher });
    const { one: other } = await loggedIn({ ...mode, email, fetch: device });
    const first = fetcher.cookies.get('directus_session_token');
    await one.refresh();
    const second = fetcher.cookies.get('directus_session_token');
    await one.request(updateMe({ password: otherPassword }));
    assert.equal((await one.request(readMe())).email, email);
    assert.equal((await refusal(other.request(readMe()))).code, 'INVALID_CREDENTIALS');
    await one.logout();
    assert.equal(fetcher.cookies.size, 0);
    for (const cookie of [first, second]) {
        fetcher.cookies.set(cookie.name, cookie);
        const { code } = await refusal(client(undefined, { ...mode, fetch: fetcher }).request(readMe()));
        assert.equal(code, 'INVALID_CREDENTIALS');
    }
});
