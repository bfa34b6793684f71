import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemCodes, scopes } from '#platform';
import { receipt, setUpShop, startServer, type LedgerServer } from './harness.js';
import {
  anyText,
  asApi,
  asBatch,
  asCart,
  asChannels,
  asChecks,
  asExplanation,
  asKey,
  asKeys,
  asLocations,
  asMovement,
  asOrder,
  asPage,
  asStock,
  having,
  textLike,
  type MovementBody,
  type PageBody,
} from './views.js';

let server: LedgerServer;
beforeAll(async () => {
  server = await startServer();
  await setUpShop(server);
});
afterAll(() => server.stop());

const movement = async (more: Record<string, unknown>): Promise<MovementBody> =>
  asMovement(await server.ok('POST', '/v1/movements', { sku: 'M', location: 'wh1', ...more }));

describe('movements', () => {
  it('takes in every kind of fact', async () => {
    await server.ok('POST', '/v1/locations', { location: 'shop1', author: 'operator' });
    const kinds: [Record<string, unknown>, string][] = [
      [{ kind: 'receipt', quantity: 20, sourceKey: 'r', bucket: 'sellable' }, 'StockReceived'],
      [{ kind: 'issue', quantity: 1, sourceKey: 'i' }, 'StockIssued'],
      [{ kind: 'return', quantity: 1, sourceKey: 'b', disposition: 'quarantined' }, 'StockReturned'],
      [{ kind: 'adjustment', quantity: -2, sourceKey: 'a', reason: 'broken' }, 'StockAdjusted'],
      [
        { kind: 'bucket_change', quantity: 1, from: 'quarantined', to: 'sellable', sourceKey: 'q', reason: 'fine' },
        'StockMovedBetweenBuckets',
      ],
      [{ kind: 'transfer_dispatch', transfer: 't1', to: 'shop1', quantity: 5, sourceKey: 't' }, 'TransferDispatched'],
      [
        { kind: 'transfer_receipt', transfer: 't1', location: 'shop1', quantity: 4, sourceKey: 't' },
        'TransferReceived',
      ],
      [{ kind: 'transfer_close', transfer: 't1', quantity: 1, sourceKey: 't' }, 'TransferClosed'],
      [{ kind: 'count', quantity: 12, sourceKey: 'c' }, 'StockCounted'],
    ];
    for (const [fact, type] of kinds) {
      const { events } = await movement(fact);
      expect(events.map((event) => event.type)[0], JSON.stringify(fact)).toBe(type);
    }
    await server.caughtUp();
    const stock = asStock(await server.ok('GET', '/v1/stock/M'));
    expect(stock.locations.map((at) => [at.location, at.onHand])).toEqual([
      ['shop1', 4],
      ['wh1', 12],
    ]);
  });

  it('posts the same fact once, and only the difference of a correction', async () => {
    const first = await server.ok(
      'POST',
      '/v1/movements',
      receipt({ sku: 'corrected', sourceKey: 'd', quantity: 100 }),
    );
    expect(first).toMatchObject({ created: true, repeated: false, revision: 0 });
    const again = await server.ok(
      'POST',
      '/v1/movements',
      receipt({ sku: 'corrected', sourceKey: 'd', quantity: 100 }),
    );
    expect(again).toMatchObject({ created: false, repeated: true, revision: 0, events: [] });
    const corrected = receipt({ sku: 'corrected', sourceKey: 'd', quantity: 10, sourceVersion: 2 });
    expect(await server.ok('POST', '/v1/movements', corrected)).toMatchObject({ repeated: false, revision: 1 });
    await server.caughtUp();
    expect(await server.ok('GET', '/v1/stock/corrected')).toMatchObject({ onHand: 10 });
  });

  it('answers a repeated Idempotency-Key with the events of then, though no moment was given', async () => {
    const headers = { 'idempotency-key': 'delivery-1' };
    const body = receipt({ sku: 'idem', sourceKey: 'idem-1' });
    const first = asMovement(await server.ok('POST', '/v1/movements', body, { headers }));
    const again = await server.ok('POST', '/v1/movements', body, { headers });
    const { position: _position, ...asThen } = first;
    expect(again).toEqual({ ...asThen, repeated: true });
  });

  it('moves an accepted batch item by item', async () => {
    const items = ['x', 'y'].map((sku) => receipt({ sku, sourceKey: `batch-${sku}` }));
    const answer = asBatch(await server.ok('POST', '/v1/movements/batch', { items }));
    expect(answer).toMatchObject({ succeeded: 2, failed: 0 });
    expect(answer.outcomes.map((outcome) => outcome.answer?.sku)).toEqual(['x', 'y']);
  });
});

describe('reservations', () => {
  it('sets, shows, extends and gives back a cart', async () => {
    await server.ok('POST', '/v1/movements', receipt({ sku: 'R1', sourceKey: 'R1' }));
    await server.ok('POST', '/v1/movements', receipt({ sku: 'R2', sourceKey: 'R2' }));
    const both = [
      { sku: 'R1', quantity: 2 },
      { sku: 'R2', quantity: 3 },
    ];
    const set = asCart(await server.ok('PUT', '/v1/reservations/web/cart1', { lines: both, ttlSeconds: 60 }));
    expect(set.lines).toMatchObject([
      { sku: 'R1', held: 2 },
      { sku: 'R2', held: 3 },
    ]);
    expect(await server.ok('GET', '/v1/reservations/web/cart1')).toMatchObject({ lines: [{ held: 2 }, { held: 3 }] });
    const extended = asCart(await server.ok('POST', '/v1/reservations/web/cart1/extend', { ttlSeconds: 600 }));
    expect(extended.lines[0]!.expiresAt > set.lines[0]!.expiresAt).toBe(true);
    await server.ok('DELETE', '/v1/reservations/web/cart1');
    expect(await server.call('GET', '/v1/reservations/web/cart1')).toMatchObject({
      status: 404,
      body: { code: 'reservation_not_found' },
    });
    expect(await server.call('DELETE', '/v1/reservations/web/cart1')).toMatchObject({ status: 200 });
  });

  it('gives back what a cart no longer names', async () => {
    await server.ok('POST', '/v1/movements', receipt({ sku: 'W1', sourceKey: 'W1' }));
    await server.ok('POST', '/v1/movements', receipt({ sku: 'W2', sourceKey: 'W2' }));
    await server.ok('PUT', '/v1/reservations/web/cart2', { lines: [{ sku: 'W1', quantity: 2 }] });
    await server.ok('PUT', '/v1/reservations/web/cart2', { lines: [{ sku: 'W2', quantity: 2 }] });
    await server.caughtUp();
    expect(await server.ok('GET', '/v1/availability/W1?channel=web')).toMatchObject({ atp: 10, held: 0 });
    expect(await server.ok('GET', '/v1/availability/W2?channel=web')).toMatchObject({ atp: 8, held: 2 });
  });

  it('refuses a cart whole, with the numbers, and keeps what it had', async () => {
    await server.ok('POST', '/v1/movements', receipt({ sku: 'N', sourceKey: 'N', quantity: 5 }));
    await server.ok('PUT', '/v1/reservations/web/cart3', { lines: [{ sku: 'N', quantity: 2 }] });
    const refused = await server.call('PUT', '/v1/reservations/web/cart3', {
      body: { lines: [{ sku: 'N', quantity: 6 }] },
    });
    expect(refused).toMatchObject({
      status: 409,
      body: { code: 'insufficient', sku: 'N', requested: 6, available: 3, held: 2, lines: [{ sku: 'N', held: 2 }] },
    });
    const wish = { lines: [{ sku: 'N', quantity: 6 }], partial: true };
    const partial = asCart(await server.ok('PUT', '/v1/reservations/web/cart3', wish));
    expect(partial.lines).toMatchObject([{ sku: 'N', requested: 6, held: 5 }]);
  });

  it('decides a repeated Idempotency-Key once', async () => {
    await server.ok('POST', '/v1/movements', receipt({ sku: 'K', sourceKey: 'K' }));
    const headers = { 'idempotency-key': 'cart-request-1' };
    const body = { lines: [{ sku: 'K', quantity: 2 }] };
    const first = asCart(await server.ok('PUT', '/v1/reservations/web/cart4', body, { headers }));
    const head = await server.head();
    const again = asCart(await server.ok('PUT', '/v1/reservations/web/cart4', body, { headers }));
    expect(again.lines).toEqual(first.lines);
    expect(await server.head()).toBe(head);
  });
});

describe('orders', () => {
  it('records a snapshot, consumes the cart, and shows each line', async () => {
    await server.ok('POST', '/v1/movements', receipt({ sku: 'O', sourceKey: 'O' }));
    await server.ok('PUT', '/v1/reservations/web/cart5', { lines: [{ sku: 'O', quantity: 4 }] });
    const snapshot = {
      version: 1,
      placedAt: '2026-01-05T10:00:00Z',
      payment: 'paid',
      cart: 'cart5',
      lines: [
        { line: '1', sku: 'O', ordered: 4 },
        { line: '2', ids: { product: '4711' }, ordered: 1 },
        { line: '3', sku: 'O', ordered: 8 },
      ],
    };
    const answer = asOrder(await server.ok('PUT', '/v1/orders/web/1001', snapshot));
    expect(answer).toMatchObject({ created: true, changed: true, version: 1 });
    expect(answer.lines).toMatchObject([
      { line: '1', status: 'committed', committed: 4 },
      { line: '2', status: 'unmapped' },
      { line: '3', status: 'unsourced', committed: 6, unsourced: 2 },
    ]);
    expect(await server.ok('PUT', '/v1/orders/web/1001', snapshot)).toMatchObject({ created: false, changed: false });
    expect(await server.ok('GET', '/v1/orders/web/1001')).toMatchObject({
      snapshot: { version: 1 },
      unmapped: [{ line: '2' }],
    });
    expect(await server.call('GET', '/v1/orders/web/none')).toMatchObject({
      status: 404,
      body: { code: 'unknown_order' },
    });
  });

  it('gives back what the cart held of a SKU that the order does not contain', async () => {
    await server.ok('POST', '/v1/movements', receipt({ sku: 'L1', sourceKey: 'L1' }));
    await server.ok('POST', '/v1/movements', receipt({ sku: 'L2', sourceKey: 'L2' }));
    const lines = [
      { sku: 'L1', quantity: 1 },
      { sku: 'L2', quantity: 1 },
    ];
    await server.ok('PUT', '/v1/reservations/web/cart6', { lines });
    const order = {
      version: 1,
      placedAt: '2026-01-05T10:00:00Z',
      cart: 'cart6',
      lines: [{ line: '1', sku: 'L1', ordered: 1 }],
    };
    await server.ok('PUT', '/v1/orders/web/1002', order);
    await expect
      .poll(async () => (await server.services.ledger.lanes.stock.load(['stock-L2']))[0]?.state.holds.size)
      .toBe(0);
  });
});

describe('channels, locations, listings, keys', () => {
  it('lists what was created, at once', async () => {
    await server.ok('POST', '/v1/locations', { location: 'wh2', author: 'wms', authors: { issue: 'shop' } });
    const channel = {
      channel: 'b2b',
      connection: 'shop',
      locations: ['wh2', 'wh1'],
      reservationTtlSeconds: 60,
      splitCarts: true,
    };
    expect(await server.ok('POST', '/v1/channels', channel)).toMatchObject({ ...channel, created: true });
    expect(await server.ok('POST', '/v1/channels', channel)).toMatchObject({ created: false });
    expect(await server.ok('GET', '/v1/channels/b2b')).toMatchObject(channel);
    expect(asChannels(await server.ok('GET', '/v1/channels')).channels.map((one) => one.channel)).toEqual([
      'b2b',
      'web',
    ]);
    expect(await server.ok('GET', '/v1/locations/wh2')).toMatchObject({ author: 'wms', authors: { issue: 'shop' } });
    expect(asLocations(await server.ok('GET', '/v1/locations')).locations.length).toBeGreaterThanOrEqual(2);
    expect(await server.call('POST', '/v1/channels', { body: { ...channel, splitCarts: false } })).toMatchObject({
      status: 409,
      body: { code: 'already_defined', differs: ['splitCarts'] },
    });
  });

  it('maps listings and lists them by page', async () => {
    const listings = [
      { product: '1', sku: 'A' },
      { product: '2', variant: 'b', sku: 'A', unitsPerSale: 6 },
    ];
    expect(await server.ok('PUT', '/v1/channels/web/listings', { listings })).toMatchObject({ succeeded: 2 });
    await server.caughtUp();
    const first = asPage(await server.ok('GET', '/v1/channels/web/listings?limit=1'));
    expect(first.rows).toMatchObject([{ product: '1', sku: 'A', unitsPerSale: 1 }]);
    const second = asPage(await server.ok('GET', `/v1/channels/web/listings?limit=1&cursor=${first.next ?? ''}`));
    expect(second.rows).toMatchObject([{ product: '2', variant: 'b', unitsPerSale: 6 }]);
  });

  it('makes, lists and revokes keys without ever showing a secret again', async () => {
    const wish = { connection: 'erp', scopes: ['stock:read'], expiresAt: '2099-01-01T00:00:00Z' };
    const made = asKey(await server.ok('POST', '/v1/keys', wish));
    expect(made.key).toMatch(new RegExp(`^sl_${made.keyId}_[A-Za-z0-9_-]{43}$`, 'u'));
    const listed = await server.call('GET', '/v1/keys');
    expect(asKeys(listed.body).keys).toContainEqual(
      having({ keyId: made.keyId, connection: 'erp', prefix: `sl_${made.keyId}_` }),
    );
    expect(listed.text).not.toContain(made.key.slice(-43));
    expect(await server.ok('DELETE', `/v1/keys/${made.keyId}`)).toEqual({ keyId: made.keyId, revoked: true });
    expect(await server.call('DELETE', `/v1/keys/${made.keyId}`)).toMatchObject({
      status: 404,
      body: { code: 'key_not_found' },
    });
  });
});

describe('reading', () => {
  beforeAll(async () => {
    await server.ok(
      'POST',
      '/v1/movements',
      receipt({ sku: 'Q,"1"', sourceKey: 'Q1', occurredAt: '2026-01-01T00:00:00Z' }),
    );
    await server.caughtUp();
  });

  it('answers what a channel may promise, one by one, in bulk and by page', async () => {
    expect(await server.ok('GET', '/v1/availability/A?channel=web')).toMatchObject({
      sku: 'A',
      channel: 'web',
      atp: 10,
      state: 'in_stock',
    });
    const bulk = await server.ok('POST', '/v1/availability/bulk', { channel: 'web', skus: ['A', 'never'] });
    expect(bulk).toMatchObject({ rows: [{ sku: 'A', atp: 10 }], missing: ['never'] });
    expect(asPage(await server.ok('GET', '/v1/channels/web/availability?limit=1')).rows).toHaveLength(1);
  });

  it('explains a number by terms that sum to it', async () => {
    const explanation = asExplanation(await server.ok('GET', '/v1/availability/A/explanation?channel=web'));
    const sum = explanation.terms.reduce((total, term) => total + term.quantity, 0);
    expect(sum).toBe(explanation.atp);
    expect(explanation).toMatchObject({ knownAt: anyText, happenedAt: null });
  });

  it('answers 304 to whoever has it already, and 200 once it has changed', async () => {
    await server.ok('POST', '/v1/movements', receipt({ sku: 'E', sourceKey: 'E1' }));
    await server.caughtUp();
    const first = await server.call('GET', '/v1/availability/E?channel=web');
    const headers = { 'if-none-match': first.headers.get('etag') ?? '' };
    const settled = await server.call('GET', '/v1/stock/E');
    const again = { 'if-none-match': settled.headers.get('etag') ?? '' };
    expect(await server.call('GET', '/v1/stock/E', { headers: again })).toMatchObject({ status: 304, text: '' });
    await server.ok('POST', '/v1/movements', receipt({ sku: 'E', sourceKey: 'E2' }));
    await server.caughtUp();
    expect(await server.call('GET', '/v1/stock/E', { headers: again })).toMatchObject({ status: 200 });
    expect(await server.call('GET', '/v1/availability/E?channel=web', { headers })).toMatchObject({ status: 200 });
  });

  it('states both moments in every audit answer', async () => {
    const moments = { knownAt: textLike(/Z$/u), happenedAt: '2026-01-01T00:00:00.000Z' };
    const path = `/v1/stock/${encodeURIComponent('Q,"1"')}`;
    expect(await server.ok('GET', `${path}?happenedAt=2026-01-01T01:00:00%2B01:00`)).toMatchObject({
      ...moments,
      locations: [{ onHand: 10 }],
    });
    expect(await server.ok('GET', `/v1/stock?happenedAt=2026-01-01T00:00:00Z`)).toMatchObject({
      ...moments,
      rows: [{ sku: 'Q,"1"' }],
    });
    expect(await server.ok('GET', `${path}?knownAt=2026-01-01T00:00:00Z`)).toMatchObject({
      knownAt: '2026-01-01T00:00:00.000Z',
      happenedAt: null,
      locations: [],
    });
    expect(await server.ok('GET', `${path}/history`)).toMatchObject({ knownAt: anyText, happenedAt: null });
    expect(await server.ok('GET', path)).toMatchObject({ knownAt: anyText, happenedAt: null });
  });

  it('pages through all stock as it was known at one moment, whatever comes meanwhile', async () => {
    const whole = asPage(await server.ok('GET', '/v1/stock?limit=1000'));
    const first = asPage(await server.ok('GET', '/v1/stock?limit=1'));
    const seen = [...first.rows];
    await server.ok('POST', '/v1/movements', receipt({ sku: 'zz-later', sourceKey: 'zz-later' }));
    await server.caughtUp();
    for (let { next } = first; next !== undefined;) {
      const page = asPage(await server.ok('GET', `/v1/stock?limit=7&cursor=${next}`));
      expect(page.knownAt).toBe(first.knownAt);
      seen.push(...page.rows);
      next = page.next;
    }
    expect(seen).toEqual(whole.rows);
    const skus = ({ rows }: PageBody): unknown[] => rows.map((row) => row['sku']);
    expect(skus(asPage(await server.ok('GET', '/v1/stock?limit=1000')))).toContain('zz-later');
    const ofAnother = `/v1/stock?knownAt=2026-01-01T00:00:00Z&cursor=${first.next ?? ''}`;
    expect(await server.call('GET', ofAnother)).toMatchObject({ status: 400, body: { code: 'invalid_cursor' } });
  });

  it('writes all of the stock as CSV, by Accept and by format', async () => {
    const byFormat = await server.call('GET', '/v1/stock?format=csv');
    const byAccept = await server.call('GET', '/v1/stock', { headers: { accept: 'text/csv' } });
    expect(byAccept.headers.get('content-type')).toContain('text/csv');
    const [header, ...rows] = byFormat.text.trimEnd().split('\r\n');
    expect(header).toBe(
      'sku,location,basis,on_hand,sellable,reserved,committed,fenced,quarantined,damaged,known_at,happened_at',
    );
    expect(rows.some((row) => row.startsWith('"Q,""1""",wh1,all,10,10,0,'))).toBe(true);
    expect(byAccept.text.split('\r\n').length).toBe(byFormat.text.split('\r\n').length);
  });

  it('pages through a history in both directions', async () => {
    await server.ok('POST', '/v1/movements', receipt({ sku: 'H', sourceKey: 'H1' }));
    await server.ok('POST', '/v1/movements', receipt({ sku: 'H', sourceKey: 'H2' }));
    await server.caughtUp();
    const newest = asPage(await server.ok('GET', '/v1/stock/H/history?limit=1'));
    expect(newest.rows).toMatchObject([{ revision: 1, after: [{ onHand: 20 }] }]);
    expect(
      asPage(await server.ok('GET', `/v1/stock/H/history?limit=1&cursor=${newest.next ?? ''}`)).rows,
    ).toMatchObject([{ revision: 0 }]);
    expect(asPage(await server.ok('GET', '/v1/stock/H/history?order=asc')).rows).toMatchObject([
      { revision: 0 },
      { revision: 1 },
    ]);
  });
});

describe('documents and health', () => {
  it('describes a route with its problems, for people too', async () => {
    const document = asApi(await server.ok('GET', '/docs/openapi.json', undefined, { key: undefined }));
    const put = document.paths['/v1/reservations/{channel}/{cart}']?.['put'];
    expect(put?.responses['409']).toMatchObject({
      content: { 'application/problem+json': { examples: { insufficient: { value: { status: 409 } } } } },
    });
    expect((await server.call('GET', '/docs', { key: undefined })).text).toContain('swagger-ui');
    expect((await server.call('GET', '/docs/swagger-ui-bundle.js', { key: undefined })).status).toBe(200);
  });

  it('tells what each code means', async () => {
    expect(await server.ok('GET', '/problems/busy', undefined, { key: undefined })).toMatchObject({
      code: 'busy',
      status: 429,
    });
    expect(Object.keys((await server.ok('GET', '/problems', undefined, { key: undefined })) as object)).toEqual(
      Object.keys(problemCodes),
    );
  });

  it('is live and ready', async () => {
    expect(await server.ok('GET', '/health/live', undefined, { key: undefined })).toEqual({ status: 'live' });
    await server.caughtUp();
    const ready = asChecks(await server.ok('GET', '/health/ready', undefined, { key: undefined }));
    expect(ready.checks.map((check) => [check.name, check.ok])).toEqual([
      ['store', true],
      ['policies', true],
      ['projections', true],
    ]);
  });

  it('gave the first key every scope', async () => {
    const { keys } = asKeys(await server.ok('GET', '/v1/keys'));
    expect(keys.find((key) => key.connection === 'operator')?.scopes).toEqual([...scopes]);
  });
});
