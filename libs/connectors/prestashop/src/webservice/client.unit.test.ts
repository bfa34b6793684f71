import { describe, expect, it } from 'vitest';
import { recordedAnswer, recordedExchange } from '../../testing/replay/recorded-answers.js';
import { type Reply } from '../../../../shop-http/testing/replay-server.js';
import { testKey, withShop } from '../../testing/replay/with-shop.js';
import { webserviceClient } from './client.js';
import { type FailureKind } from './failure.js';
import { type WebserviceRequest } from './client.js';

const list: WebserviceRequest = { method: 'GET', resource: 'stock_availables' };
const write: WebserviceRequest = { method: 'PATCH', resource: 'stock_availables', body: '<prestashop></prestashop>' };

const html = (status: number, body = '<!doctype html><html><body>Shop</body></html>'): Reply => ({
  status,
  headers: { 'content-type': 'text/html' },
  body,
});

const failureOf = (reply: Reply, request: WebserviceRequest = list, options: { answerBytesMax?: number } = {}) =>
  withShop(
    () => reply,
    async (client) => {
      const outcome = await client.send(request);
      if (outcome.kind === 'ok') throw new Error('it did not fail');
      return outcome.failure;
    },
    options,
  );

describe('a request', () => {
  it('carries the key as the name of a basic authorization, and every sign of its query encoded', async () => {
    await withShop(
      () => recordedAnswer('8.2.1', 'filter: greater, keyset'),
      async (client, server) => {
        const query = [
          ['filter[id]', '>[3]'],
          ['filter[name]', '[a|b c]'],
        ] as const;
        const outcome = await client.send({ ...list, query });
        expect(outcome).toMatchObject({ kind: 'ok', value: { version: '8.2.1' } });
        const [seen] = server.seen;
        expect(seen?.headers.authorization).toBe(`Basic ${Buffer.from(`${testKey}:`).toString('base64')}`);
        expect(seen?.path).toBe('/api/stock_availables');
        expect(seen?.query).toEqual({ 'filter[id]': '>[3]', 'filter[name]': '[a|b c]' });
        expect(seen?.url).not.toMatch(/[[\]<>| ]/u);
      },
    );
  });

  it('is sent once, whatever comes of it', async () => {
    await withShop(
      () => (response) => response.destroy(),
      async (client, server) => {
        expect(await client.send(list)).toMatchObject({ kind: 'failed', failure: { kind: 'interrupted' } });
        expect(server.seen).toHaveLength(1);
      },
    );
  });

  it('goes to https alone, but on this machine', () => {
    expect(() => webserviceClient({ base: 'http://shop.example/api', key: testKey })).toThrow('in clear');
  });
});

describe('an answer', () => {
  it('may have notices of PHP before it', async () => {
    const answer = recordedAnswer('9.1.4', 'list: full');
    const body = `<br />\n<b>Notice</b>: Undefined index in x.php on line 3<br />\n${answer.body}`;
    await withShop(
      () => ({ ...answer, body }),
      async (client) => expect(await client.send(list)).toMatchObject({ kind: 'ok', value: { version: '9.1.4' } }),
    );
  });

  it.each<[FailureKind, string]>([
    ['key', 'auth: no key'],
    ['key', 'auth: empty key'],
    ['key', 'auth: wrong length'],
    ['key', 'auth: unknown key of 32'],
    ['key', 'auth: inactive key'],
    ['key', 'auth: key without any right'],
    ['rights', 'auth: resource not granted'],
    ['rights', 'auth: verb not granted'],
    ['webservice_off', 'webservice disabled'],
    ['refused', 'unknown resource'],
    ['refused', 'list: unknown field'],
    ['refused', 'filter: unknown field'],
    ['redirected', 'shop parameter id_shop=2'],
    ['not_found', 'one: unknown id'],
    ['refused', 'verb: FOO'],
    ['server_error', 'PATCH: broken XML'],
    ['server_error', 'order history: unknown order'],
  ])('that is %s: %s', async (kind, name) => {
    for (const version of ['8.2.1', '9.1.4'] as const) {
      const failure = await failureOf(recordedAnswer(version, name));
      expect(failure).toMatchObject({ kind, applied: 'no' });
      expect(failure.sentence).toMatch(/^[A-Z].+[.]$/su);
    }
  });

  it('tells the codes and words of the shop', async () => {
    const failure = await failureOf(recordedAnswer('8.2.1', 'auth: resource not granted'));
    expect(failure).toMatchObject({ status: 401, errors: [{ code: 26 }] });
    expect(failure.sentence).toContain('"orders" is not allowed');
  });

  it.each<[FailureKind, string, Reply]>([
    ['blocked', 'a firewall', html(403)],
    ['blocked', 'a server that knows no PATCH', html(405)],
    ['not_xml', 'the front page', html(200)],
    ['not_xml', 'no rewrite rule', html(404)],
    ['not_xml', 'nothing', html(200, '')],
    ['throttled', 'a limit', html(429)],
    ['unavailable', 'maintenance', html(503)],
    ['unavailable', 'a gateway without answer', html(504)],
    [
      'redirected',
      'http',
      { status: 301, headers: { location: 'http://shop.example/api/stock_availables' }, body: '' },
    ],
    ['blocked', 'a teapot', html(418)],
  ])('that is %s: %s', async (kind, _, reply) => {
    expect(await failureOf(reply)).toMatchObject({ kind, applied: 'no' });
  });

  it('that redirects is not followed: the key stays here', async () => {
    await withShop(
      ({ path }) => ({ status: 302, headers: { location: `${path}/again` }, body: '' }),
      async (client, server) => {
        expect(await client.send(list)).toMatchObject({ kind: 'failed', failure: { kind: 'redirected' } });
        expect(server.seen).toHaveLength(1);
      },
    );
  });

  it('that ends in the middle is truncated, however it ends', async () => {
    const answer = recordedAnswer('8.2.1', 'list: full');
    const half = answer.body.slice(0, answer.body.length / 2);
    expect(await failureOf({ ...answer, body: half })).toMatchObject({ kind: 'truncated' });
    const length = { 'content-length': String(answer.body.length) };
    const cut: Reply = (response) => {
      response.writeHead(200, length).write(half, () => response.destroy());
    };
    expect(await failureOf(cut)).toMatchObject({ kind: 'truncated' });
  });

  it('whose elements are not nested is malformed: rows would be lost in it', async () => {
    const answer = recordedAnswer('8.2.1', 'list: full');
    const body = answer.body.replace('</stock_available>\n', '</stock_available>\n<b>Notice: undefined index\n');
    expect(await failureOf({ ...answer, body })).toMatchObject({ kind: 'malformed' });
  });

  it('that is larger than allowed is left', async () => {
    const answer = recordedAnswer('8.2.1', 'list: full');
    expect(await failureOf(answer, list, { answerBytesMax: 100 })).toMatchObject({ kind: 'too_large' });
    await withShop(
      () => answer,
      async (client) => expect((await client.send(list)).kind).toBe('ok'),
      { answerBytesMax: Buffer.byteLength(answer.body) },
    );
  });
});

describe('no answer', () => {
  const silent: Reply = () => undefined;

  it('in time leaves open what came of a write', async () => {
    const within = { requestMillisMax: 50 };
    await withShop(
      () => silent,
      async (client) => {
        expect(await client.send(write)).toMatchObject({ failure: { kind: 'timeout', applied: 'unknown' } });
        expect(await client.send(list)).toMatchObject({ failure: { kind: 'timeout', applied: 'no' } });
      },
      within,
    );
  });

  it('in time is also a body that never ends', async () => {
    const endless: Reply = (response) => void response.writeHead(200).write('<?xml');
    await withShop(
      () => endless,
      async (client) => expect(await client.send(list)).toMatchObject({ failure: { kind: 'timeout' } }),
      { requestMillisMax: 50 },
    );
  });

  it('is waited for no longer than its caller wants', async () => {
    await withShop(
      () => silent,
      async (client) => {
        for (const reason of [undefined, 'stopping', new Error('stopping')]) {
          const ended = await client.send(write, AbortSignal.abort(reason));
          expect(ended).toMatchObject({ failure: { kind: 'timeout', applied: 'unknown' } });
        }
      },
    );
  });

  it('from a port where nobody listens changed nothing', async () => {
    const server = await withShop(
      () => silent,
      (_, { base }) => Promise.resolve(base),
    );
    const client = webserviceClient({ base: server, key: testKey });
    expect(await client.send(write)).toMatchObject({ failure: { kind: 'unreachable', applied: 'no' } });
    await client.close();
  });
});

describe('a write that failed', () => {
  it.each([
    ['no', 'auth: verb not granted'],
    ['no', 'webservice disabled'],
    ['no', 'bulk PATCH: same id twice'],
    ['no', 'bulk PATCH: one without id'],
    ['unknown', 'bulk PATCH: second id unknown'],
    ['unknown', 'bulk PATCH: second value invalid'],
    ['unknown', 'PATCH: broken XML'],
  ])('may stand: %s, after %s', async (applied, name) => {
    expect(await failureOf(recordedAnswer('8.2.1', name), write)).toMatchObject({ applied });
  });

  it('control: the recording shows rows that stand although the write failed', () => {
    expect(recordedExchange('8.2.1', 'bulk PATCH: second id unknown').request.body).toContain('<id>7</id><quantity>41');
  });
});
