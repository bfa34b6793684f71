import { describe, expect, it } from 'vitest';
import { type Reply } from '../../../../shop-http/testing/replay-server.js';
import { type JsonRequest } from '#shop-http';
import { patience } from '../../testing/asking.js';
import { recordedReply, refusals } from '../../testing/replay/recorded-reply.js';
import { html, json, withReplies } from '../../testing/replay/with-replies.js';
import { restClient } from './client.js';
import { type FailureKind } from './failure.js';

const question: JsonRequest = { method: 'GET', resource: 'products/12' };
const write: JsonRequest = { method: 'POST', resource: 'products/batch', json: { update: [] } };

const failureOf = (reply: Reply, request: JsonRequest = question, options: { answerBytesMax?: number } = {}) =>
  withReplies(
    () => reply,
    async (client) => {
      const outcome = await client.send(request, patience());
      if (outcome.kind === 'ok') throw new Error('it did not fail');
      return outcome.failure;
    },
    options,
  );

describe('a request', () => {
  it('carries the key in its header and nowhere else, and says that its body is JSON', async () => {
    await withReplies(
      () => json({}),
      async (client, server) => {
        await client.send({ ...write, query: { a: 'b c' } }, patience());
        const [seen] = server.seen;
        const basic = Buffer.from(`ck_${'1'.repeat(40)}:cs_${'2'.repeat(40)}`).toString('base64');
        expect(seen?.headers).toMatchObject({ authorization: `Basic ${basic}`, 'content-type': 'application/json' });
        expect([seen?.url, seen?.body]).toEqual(['/api/products/batch?a=b%20c', '{"update":[]}']);
      },
    );
  });

  it('goes to https alone, but on this machine', () => {
    expect(() => restClient({ base: 'http://shop.example/', key: 'k', secret: 's' })).toThrow('in clear');
  });
});

describe('an answer', () => {
  it.each<[FailureKind, string]>([
    ['key', 'auth.http.basic'],
    ['key', 'auth.https.wrong-secret'],
    ['key', 'auth.https.unknown-key'],
    ['key', 'auth.none'],
    ['rights', 'auth.readonly.put'],
    ['rights', 'auth.readonly.batch'],
    ['rights', 'auth.customer-key.GET.orders'],
    ['refused', 'stock.put.abc'],
    ['refused', 'batch.101'],
    ['not_found', 'order.get.deleted.pending'],
    ['not_found', 'variation.put.by-products-path'],
    ['api_off', 'server.plugin-off'],
    ['unavailable', 'server.maintenance'],
  ])('that is %s: %s', async (kind, name) => {
    const failure = await failureOf(recordedReply(name));
    expect(failure).toMatchObject({ kind, applied: 'no' });
    expect(failure.sentence).toMatch(/^[A-Z].+[.]$/su);
  });

  it('of every refusal that was recorded is one that somebody can act on', async () => {
    expect(refusals.length).toBeGreaterThan(50);
    for (const refusal of refusals) {
      const failure = await failureOf(refusal);
      expect(['key', 'rights', 'refused', 'not_found', 'api_off', 'unavailable', 'server_error', 'blocked']).toContain(
        failure.kind,
      );
    }
  });

  it('of a shop in maintenance says when to come again', async () => {
    expect(await failureOf(recordedReply('server.maintenance'))).toMatchObject({ retryAfterMillis: 600_000 });
  });

  it.each<[FailureKind, string, Reply]>([
    ['blocked', 'a firewall', html(403)],
    ['blocked', 'a limit of the body before the shop', html(413)],
    ['blocked', 'a plugin that hides the interface', json({ code: 'rest_hidden', message: 'No.' }, 404)],
    ['key', "the site's own password", html(401)],
    ['not_json', 'the front page', html(200)],
    ['not_json', 'no permalinks', html(404)],
    ['not_json', 'nothing', html(200, '')],
    ['throttled', 'a limit', html(429)],
    ['unavailable', 'a gateway without answer', html(504)],
    ['redirected', 'http', { status: 301, headers: { location: 'https://shop.example/' }, body: '' }],
  ])('that is %s: %s', async (kind, _, reply) => {
    expect(await failureOf(reply)).toMatchObject({ kind, applied: 'no' });
  });

  it('may have notices of PHP before it', async () => {
    const body = '<br />\n<b>Notice</b>: Undefined index in x.php on line 3<br />\n{"id":12}';
    const outcome = await withReplies(
      () => ({ status: 200, headers: {}, body }),
      (client) => client.send(question, patience()),
    );
    expect(outcome).toEqual({ kind: 'ok', value: { id: 12 } });
  });

  it('that ends in the middle is truncated, however it ends', async () => {
    const body = JSON.stringify({ id: 12, name: 'MUG' });
    const half = body.slice(0, 10);
    expect(await failureOf({ status: 200, headers: {}, body: half })).toMatchObject({ kind: 'truncated' });
    const cut: Reply = (response) => {
      response.writeHead(200, { 'content-length': String(body.length) }).write(half, () => response.destroy());
    };
    expect(await failureOf(cut)).toMatchObject({ kind: 'truncated' });
  });

  it('that is larger than allowed is left', async () => {
    expect(await failureOf(json('x'.repeat(200)), question, { answerBytesMax: 100 })).toMatchObject({
      kind: 'too_large',
    });
  });
});

describe('a write that failed', () => {
  it.each<['no' | 'unknown', string, Reply]>([
    ['no', 'its key may only read', recordedReply('auth.readonly.batch')],
    ['no', 'it had too many rows', recordedReply('batch.101')],
    ['unknown', 'the shop is in maintenance', recordedReply('server.maintenance')],
    ['unknown', 'PHP died', html(500, '')],
    ['unknown', 'a page came in place of an answer', html(200)],
    ['unknown', 'the connection broke', (response) => void response.destroy()],
  ])('may stand: %s, because %s', async (applied, _, reply) => {
    expect(await failureOf(reply, write)).toMatchObject({ applied });
  });
});
