// What the tests of all clients share.
import { randomBytes } from 'node:crypto';

/** The address of the server under test. */
export const server = process.env.SERVER;

if (!server) {
    throw new Error('set SERVER to the address of the server under test');
}

export const password = 'correct horse battery staple';
export const otherPassword = 'a different horse altogether';

/** An address that nobody has registered. */
export const newEmail = () => `user-${randomBytes(8).toString('hex')}@example.com`;

export const sleep = (milliseconds) => new Promise((done) => setTimeout(done, Math.max(0, milliseconds)));

/** The claims of a token. */
export const claims = (token) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString());

/** Waits until a token has expired. */
export const expiry = (token) => sleep(claims(token).exp * 1000 - Date.now() + 50);

/** A fetch that notes method and path of every request. */
export const counting = (fetcher = fetch) => {
    const requests = [];
    const counted = (url, options) => {
        requests.push(`${options?.method ?? 'GET'} ${new URL(url).pathname}`);
        return fetcher(url, options);
    };
    counted.requests = requests;
    counted.count = (request) => requests.filter((each) => each === request).length;
    return counted;
};

/** A fetch that keeps cookies, as a browser does for one site. */
export const browser = () => {
    const cookies = new Map();
    const fetcher = async (url, options = {}) => {
        const headers = new Headers(options.headers);
        if (cookies.size > 0) {
            headers.set('Cookie', [...cookies.values()].map((cookie) => `${cookie.name}=${cookie.value}`).join('; '));
        }
        const response = await fetch(url, { ...options, headers });
        for (const line of response.headers.getSetCookie()) {
            const [pair, ...attributes] = line.split(/; */);
            const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
            if (attributes.some((attribute) => /^max-age=0$/i.test(attribute))) {
                cookies.delete(name);
            } else {
                cookies.set(name, { name, value, attributes });
            }
        }
        return response;
    };
    fetcher.cookies = cookies;
    return fetcher;
};
