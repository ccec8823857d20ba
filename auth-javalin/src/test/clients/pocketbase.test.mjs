// The client of PocketBase, pocketbase, against pocketbase.yaml.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import PocketBase, { BaseAuthStore, ClientResponseError, getTokenPayload, isTokenExpired } from 'pocketbase';
import { counting, expiry, newEmail, otherPassword, password, server, sleep } from './server.mjs';

/** Where tokens last 15 minutes, and where they last 3 seconds. */
const lasting = `${server}/lasting`;
const brief = `${server}/brief`;

const client = (token = '', url = lasting) => {
    const made = new PocketBase(url, new BaseAuthStore());
    const fetcher = counting();
    made.autoCancellation(false);
    made.beforeSend = (url, options) => ({ url, options: { ...options, fetch: fetcher } });
    made.authStore.save(token);
    made.requests = fetcher;
    return made;
};

const registered = async (url = lasting, collection = 'users') => {
    const email = newEmail();
    const record = await client('', url)
        .collection(collection)
        .create({ email, password, passwordConfirm: password, name: 'Ada' });
    return { email, id: record.id };
};

const loggedIn = async (known = undefined, shown = password, url = lasting) => {
    const one = client('', url);
    const email = known ?? (await registered(url)).email;
    const { token, record } = await one.collection('users').authWithPassword(email, shown);
    return { one, token, record, email };
};

/** The error of a request that is refused. */
const refusal = async (promise) => {
    const error = await promise.then(
        (value) => assert.fail(`an answer: ${JSON.stringify(value)}`),
        (reason) => reason,
    );
    assert.ok(error instanceof ClientResponseError, String(error));
    return error;
};

const unauthorized = {
    data: {},
    message: 'The request requires valid record authorization token.',
    status: 401,
};

const assertRefused = async (token, url = lasting) => {
    const error = await refusal(client(token, url).collection('users').authRefresh());
    assert.deepEqual(error.response, unauthorized);
};

test('login gives a token that the client reads, and the record', async () => {
    const { one, token, record, email } = await loggedIn();
    assert.ok(one.authStore.isValid);
    assert.deepEqual(
        { type: 'auth', id: record.id, collectionId: record.collectionId, refreshable: true },
        (({ exp, session, ...rest }) => rest)(getTokenPayload(token)),
    );
    assert.equal(record.collectionName, 'users');
    assert.equal(record.email, email);
    assert.equal(record.name, 'Ada');
    assert.match(record.created, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}Z$/);
    assert.ok(!one.authStore.isSuperuser);
    assert.deepEqual(await one.collection('users').getOne(record.id), record);
});

test('a wrong password is a ClientResponseError, blank fields are named', async () => {
    const { email } = await registered();
    const error = await refusal(client().collection('users').authWithPassword(email, otherPassword));
    assert.equal(error.status, 400);
    assert.deepEqual(error.response, { data: {}, message: 'Failed to authenticate.', status: 400 });
    const blank = await refusal(client().collection('users').authWithPassword('', ''));
    assert.deepEqual(blank.response.data.identity, { code: 'validation_required', message: 'Cannot be blank.' });
    assert.deepEqual(blank.response.data.password, { code: 'validation_required', message: 'Cannot be blank.' });
});

test('a refresh gives a new token; the old one stays until it expires', async () => {
    const { one, token, record } = await loggedIn(undefined, password, brief);
    await sleep(1100);
    const { token: next, record: same } = await one.collection('users').authRefresh();
    assert.deepEqual(same, record);
    assert.equal(one.authStore.token, next);
    assert.ok(getTokenPayload(next).exp > getTokenPayload(token).exp);
    await client(token, brief).collection('users').authRefresh();
    await expiry(token);
    await assertRefused(token, brief);
    assert.ok(isTokenExpired(token));
    await client(next, brief).collection('users').authRefresh();
});

test('two tabs that refresh at the same time stay logged in', async () => {
    const { token, record } = await loggedIn();
    const tabs = [client(token), client(token)];
    await Promise.all(tabs.map((tab) => tab.collection('users').authRefresh()));
    await sleep(1100);
    await Promise.all(tabs.map((tab) => tab.collection('users').authRefresh()));
    tabs.forEach((tab) => assert.equal(tab.authStore.record.id, record.id));
});

test('a superuser is refreshed by the client, also after the token has expired', async () => {
    const url = `${brief}/admin`;
    const { email } = await registered(url, '_superusers');
    const one = client('', url);
    const admins = one.collection('_superusers');
    const { token } = await admins.authWithPassword(email, password, { autoRefreshThreshold: 2 });
    const id = one.authStore.record.id;
    await sleep(1500);
    assert.equal((await admins.getOne(id)).email, email);
    assert.equal(one.requests.count('POST /brief/admin/api/collections/_superusers/auth-refresh'), 1);
    assert.notEqual(one.authStore.token, token);
    await expiry(one.authStore.token);
    assert.ok(!one.authStore.isValid);
    const records = await Promise.all(Array.from({ length: 4 }, () => admins.getOne(id)));
    records.forEach((record) => assert.equal(record.email, email));
    assert.ok(one.authStore.isValid);
});

test('clearing the store forgets the token in the client only; the logout of this file ends it', async () => {
    const { one, token, email } = await loggedIn();
    await sleep(1100);
    const { one: other } = await loggedIn(email);
    one.authStore.clear();
    assert.ok(!one.authStore.isValid);
    const again = client(token);
    await again.collection('users').authRefresh();
    await again.send('/api/collections/users/auth-logout', { method: 'POST' });
    await assertRefused(token);
    await assertRefused(again.authStore.token);
    await other.collection('users').authRefresh();
});

test('a new password ends every token', async () => {
    const { one, token, record, email } = await loggedIn();
    const { token: other } = await loggedIn(email);
    const wrong = await refusal(
        one.collection('users').update(record.id, {
            password: otherPassword,
            passwordConfirm: otherPassword,
            oldPassword: otherPassword,
        }),
    );
    assert.deepEqual(wrong.response.data.oldPassword, {
        code: 'validation_invalid_old_password',
        message: 'Missing or invalid old password.',
    });
    const changed = await one.collection('users').update(record.id, {
        password: otherPassword,
        passwordConfirm: otherPassword,
        oldPassword: password,
    });
    assert.equal(changed.id, record.id);
    await assertRefused(token);
    await assertRefused(other);
    await loggedIn(email, otherPassword);
});

test('the record of another user is not there', async () => {
    const { one } = await loggedIn();
    const { id } = await registered();
    assert.equal((await refusal(one.collection('users').getOne(id))).status, 404);
    assert.equal((await refusal(one.collection('users').update(id, { name: 'Eve' }))).status, 404);
});
