import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { receipt, setUpShop, startServer, type Answer, type LedgerServer } from './harness.js';
import { expectRefusal, type Expected } from './refusal.js';
import { asBatch, asBulk, asProblem } from './views.js';

let server: LedgerServer;
beforeAll(async () => {
  server = await startServer();
  await setUpShop(server);
});
afterAll(() => server.stop());

const expectRefused = (send: () => Promise<Answer>, expected: Expected): Promise<void> =>
  expectRefusal(server, send, expected);

const rawMovement = (quantity: string): string =>
  `{"kind":"receipt","sku":"A","location":"wh1","sourceKey":"raw","quantity":${quantity}}`;

it('control: the same movement with a good quantity is stored', async () => {
  const before = await server.head();
  expect(await server.call('POST', '/v1/movements', { raw: rawMovement('1') })).toMatchObject({ status: 200 });
  expect(await server.head()).not.toBe(before);
});

describe('quantities', () => {
  it.each([
    '1e400',
    '9007199254740993',
    '-9007199254740993',
    '-0',
    '-0.0',
    '1.0',
    '1e3',
    '1.5',
    'NaN',
    'Infinity',
    '01',
  ])('%s is no number that can be taken exactly', (quantity) =>
    expectRefused(() => server.call('POST', '/v1/movements', { raw: rawMovement(quantity) }), {
      status: 400,
      code: 'invalid_number',
      field: 'quantity',
    }),
  );

  it.each(['"10"', '""', 'null', 'true', '[1]', '{}', '-1', '1000000001', '9007199254740991'])(
    '%s is no quantity',
    (quantity) =>
      expectRefused(() => server.call('POST', '/v1/movements', { raw: rawMovement(quantity) }), {
        status: 400,
        code: 'invalid_quantity',
        field: 'quantity',
      }),
  );

  it('are checked in carts and orders too, with the path of the field', async () => {
    const cart = {
      lines: [
        { sku: 'A', quantity: 1 },
        { sku: 'A', quantity: '2' },
      ],
    };
    await expectRefused(() => server.call('PUT', '/v1/reservations/web/c', { body: cart }), {
      status: 400,
      code: 'invalid_quantity',
      field: 'lines[1].quantity',
    });
    const order =
      '{"version":1,"placedAt":"2026-01-01T00:00:00Z","lines":[{"line":"1","sku":"A","ordered":9007199254740993}]}';
    await expectRefused(() => server.call('PUT', '/v1/orders/web/o', { raw: order }), {
      status: 400,
      code: 'invalid_number',
      field: 'lines[0].ordered',
    });
  });
});

describe('codes', () => {
  const codes: [string, string][] = [
    ['empty', ''],
    ['overlong in characters', 'x'.repeat(65)],
    ['overlong in bytes', '€'.repeat(43)],
    ['not NFC', 'Cafe\u0301'],
    ['U+0000', 'A\u0000B'],
    ['a lone surrogate', 'A\ud800'],
    ['a control character', 'A\u0007'],
    ['a C1 control character', 'A\u0085'],
    ['a line separator', 'A\u2028'],
    ['a leading $', '$A'],
  ];
  it.each(codes)('refuses a SKU: %s', (_name, sku) =>
    expectRefused(() => server.call('POST', '/v1/movements', { body: receipt({ sku, sourceKey: 'code' }) }), {
      status: 400,
      code: 'invalid_code',
      field: 'sku',
    }),
  );
  it.each(codes)('refuses a source key: %s', (_name, sourceKey) =>
    expectRefused(() => server.call('POST', '/v1/movements', { body: receipt({ sourceKey }) }), {
      status: 400,
      code: 'invalid_code',
      field: 'sourceKey',
    }),
  );
  it('takes the longest SKU and one in any script', async () => {
    for (const sku of ['x'.repeat(64), 'Größe-ß', '東京', 'a b/c%d']) {
      await server.ok('POST', '/v1/movements', receipt({ sku, sourceKey: 'long', sourceVersion: 1, quantity: 0 }));
      await server.ok('POST', '/v1/movements', receipt({ sku, sourceKey: `own ${sku}`.slice(0, 64) }));
      await server.caughtUp();
      expect(await server.ok('GET', `/v1/stock/${encodeURIComponent(sku)}`)).toMatchObject({ sku, onHand: 10 });
    }
  });
  it.each(['Web', 'we-b', '', 'x'.repeat(33), 'wéb'])('refuses the location %s', (location) =>
    expectRefused(() => server.call('POST', '/v1/movements', { body: receipt({ location }) }), {
      status: 400,
      code: 'invalid_code',
      field: 'location',
    }),
  );
  it.each([
    ['GET', '/v1/stock/%24A', 'sku', undefined],
    ['GET', '/v1/stock/A%00', 'sku', undefined],
    ['GET', '/v1/channels/Web', 'channel', undefined],
    ['PUT', '/v1/orders/web/%00', 'orderKey', { version: 1, placedAt: '2026-01-01T00:00:00Z', lines: [] }],
    ['PUT', '/v1/reservations/web/%24c', 'cart', { lines: [{ sku: 'A', quantity: 1 }] }],
  ])('refuses %s %s', (method, path, field, body) =>
    expectRefused(() => server.call(method, path, body === undefined ? {} : { body }), {
      status: 400,
      code: 'invalid_code',
      field,
    }),
  );
  it.each(['a\u0000', 'a\u0001', '\ud800', 'e\u0301', '', 'x'.repeat(201)])(
    'refuses a reason that cannot be stored',
    (reason) =>
      expectRefused(
        () =>
          server.call('POST', '/v1/movements', {
            body: { ...receipt(), kind: 'adjustment', quantity: 1, sourceKey: 'why', reason },
          }),
        { status: 400, code: 'invalid_text', field: 'reason' },
      ),
  );
});

describe('shapes', () => {
  it.each([
    ['an unknown field', receipt({ quantty: 3 }), 'unknown_field', 'quantty'],
    ['a field of another kind', receipt({ reason: 'x' }), 'unknown_field', 'reason'],
    ['a missing field', { ...receipt(), location: undefined }, 'missing_field', 'location'],
    ['an unknown kind', { ...receipt(), kind: 'theft' }, 'invalid_value', 'kind'],
    ['a kind that every object has', { ...receipt(), kind: 'constructor' }, 'invalid_value', 'kind'],
    ['no kind', { ...receipt(), kind: undefined }, 'missing_field', 'kind'],
    ['a version of 0', receipt({ sourceVersion: 0 }), 'invalid_value', 'sourceVersion'],
    ['a list for a body', [], 'invalid_value', undefined],
    ['null for an optional field', receipt({ sourceVersion: null }), 'invalid_value', 'sourceVersion'],
  ])('refuses %s', (_name, body, code, field) =>
    expectRefused(() => server.call('POST', '/v1/movements', { body }), {
      status: 400,
      code,
      ...(field !== undefined && { field }),
    }),
  );

  it.each(['__proto__', 'constructor', 'prototype'])('refuses the member %s', (name) =>
    expectRefused(
      () =>
        server.call('POST', '/v1/movements', { raw: rawMovement('1').replace('{', `{"${name}":{"isAdmin":true},`) }),
      { status: 400, code: 'unknown_field', field: name },
    ),
  );

  it('refuses a member that appears twice: one of the two would be lost', () =>
    expectRefused(() => server.call('POST', '/v1/movements', { raw: rawMovement('1,"quantity":100') }), {
      status: 400,
      code: 'duplicate_member',
      field: 'quantity',
    }));

  it.each([
    ['{', 'malformed_json', 400],
    ['', 'body_missing', 400],
    [new Uint8Array([0x7b, 0xff, 0x7d]), 'malformed_json', 400],
    ['['.repeat(100_000), 'json_too_deep', 400],
    [`{"kind":"${'x'.repeat(1_048_577)}"}`, 'body_too_large', 413],
  ])('refuses a body that is none (%#)', async (raw, code, status) => {
    const before = await server.head();
    const answer = await server.call('POST', '/v1/movements', { raw: raw as string });
    expect({ status: answer.status, code: asProblem(answer.body).code }).toEqual({ status, code });
    expect(await server.head()).toBe(before);
  });

  it('refuses other media types', () =>
    expectRefused(
      () =>
        server.call('POST', '/v1/movements', {
          raw: 'kind=receipt',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
        }),
      { status: 415, code: 'unsupported_media_type' },
    ));

  it('answers paths that do not exist, or cannot be read', async () => {
    expect(await server.call('GET', '/v1/nothing')).toMatchObject({ status: 404, body: { code: 'route_not_found' } });
    expect(await server.call('GET', '/v1/stock/%ff')).toMatchObject({ status: 400, body: { code: 'bad_request' } });
  });

  it.each([
    ['limit', '0', 'invalid_value'],
    ['limit', '1001', 'invalid_value'],
    ['limit', 'ten', 'invalid_value'],
    ['cursor', 'nonsense', 'invalid_cursor'],
    ['cursor', 'WyIiXQ=', 'invalid_cursor'],
    ['knownAt', '2026-01-01', 'invalid_timestamp'],
    ['happenedAt', 'yesterday', 'invalid_timestamp'],
    ['offset', '10', 'unknown_field'],
  ])('refuses the query %s=%s', (name, value, code) =>
    expectRefused(() => server.call('GET', `/v1/stock?${name}=${encodeURIComponent(value)}`), {
      status: 400,
      code,
      field: name,
    }),
  );

  it('refuses to tell what will be known', () =>
    expectRefused(() => server.call('GET', '/v1/stock?knownAt=2999-01-01T00:00:00Z'), {
      status: 422,
      code: 'moment_in_future',
      field: 'knownAt',
    }));
});

describe('lists', () => {
  it('refuses batches of none and over 500', async () => {
    await expectRefused(() => server.call('POST', '/v1/movements/batch', { body: { items: [] } }), {
      status: 400,
      code: 'too_few_items',
      field: 'items',
    });
    const items = Array.from({ length: 501 }, (_, index) => receipt({ sourceKey: `b${index}` }));
    await expectRefused(() => server.call('POST', '/v1/movements/batch', { body: { items } }), {
      status: 400,
      code: 'too_many_items',
      field: 'items',
    });
  });

  it('refuses an order over 2,000 lines and a line twice', async () => {
    const line = (index: number) => ({ line: String(index), sku: 'A', ordered: 1 });
    const order = (lines: unknown[]) => ({ version: 1, placedAt: '2026-01-01T00:00:00Z', lines });
    const many = order(Array.from({ length: 2_001 }, (_, index) => line(index)));
    await expectRefused(() => server.call('PUT', '/v1/orders/web/many', { body: many }), {
      status: 400,
      code: 'too_many_items',
      field: 'lines',
    });
    await expectRefused(() => server.call('PUT', '/v1/orders/web/twice', { body: order([line(1), line(1)]) }), {
      status: 400,
      code: 'duplicate_item',
      field: 'lines',
    });
  });

  it('takes an order of 2,000 lines', async () => {
    const lines = Array.from({ length: 2_000 }, (_, index) => ({ line: String(index), sku: 'A', ordered: 0 }));
    const large = { version: 1, placedAt: '2026-01-01T00:00:00Z', lines };
    expect(await server.ok('PUT', '/v1/orders/web/large', large)).toMatchObject({ created: true });
    // Its SKU hears of it in several appends, the last ones perhaps after the answer.
    const pending = async (): Promise<boolean> =>
      JSON.stringify(await server.ok('PUT', '/v1/orders/web/large', large)).includes('"pending"');
    await expect.poll(pending).toBe(false);
  });

  it('gives each item of a batch its own outcome: a bad one harms no other', async () => {
    const items = [
      receipt({ sku: 'B1', sourceKey: 'B1' }),
      receipt({ sku: 'B2', sourceKey: 'B2', quantity: '5' }),
      'nonsense',
      receipt({ sku: 'B3', sourceKey: 'B3', location: 'nowhere' }),
      receipt({ sku: 'B4', sourceKey: 'B4', occurredAt: '2026-01-01T00:00:00' }),
      receipt({ sku: 'B5', sourceKey: 'B5' }),
      receipt({ sku: 'B1', sourceKey: 'B1', quantity: 99 }),
    ];
    const before = await server.events();
    const answer = asBatch(await server.ok('POST', '/v1/movements/batch', { items }));
    expect((await server.events()) - before).toBe(2);
    const seen = answer.outcomes.map(({ status, problem }) => [status, problem?.code]);
    expect(seen).toEqual([
      [200, undefined],
      [400, 'invalid_quantity'],
      [400, 'invalid_value'],
      [404, 'unknown_location'],
      [400, 'invalid_timestamp'],
      [200, undefined],
      [409, 'fact_reused'],
    ]);
    expect(answer).toMatchObject({ succeeded: 2, failed: 5 });
    await server.caughtUp();
    const asked = { channel: 'web', skus: ['B1', 'B2', 'B3', 'B4', 'B5'] };
    const bulk = asBulk(await server.ok('POST', '/v1/availability/bulk', asked));
    expect(bulk.rows.map((row) => [row.sku, row.atp])).toEqual([
      ['B1', 10],
      ['B5', 10],
    ]);
    expect(bulk.missing).toEqual(['B2', 'B3', 'B4']);
  });
});

it('knows the duplicates within one batch: one of them is stored', async () => {
  const same = receipt({ sku: 'D1', sourceKey: 'D1' });
  const items = [
    same,
    same,
    receipt({ sku: 'D2', sourceKey: 'D2', id: 'one-id' }),
    receipt({ sku: 'D2', sourceKey: 'D2', id: 'one-id', quantity: 3 }),
  ];
  const before = await server.events();
  const { outcomes } = asBatch(await server.ok('POST', '/v1/movements/batch', { items }));
  expect(outcomes.map(({ answer, problem }) => answer?.repeated ?? problem?.code)).toEqual([
    false,
    true,
    false,
    'command_id_reused',
  ]);
  expect((await server.events()) - before).toBe(2);
});

it('decides a batch under one Idempotency-Key once, item by item', async () => {
  const items = [receipt({ sku: 'I1', sourceKey: 'I1' }), receipt({ sku: 'I2', sourceKey: 'I2', quantity: '2' })];
  const headers = { 'idempotency-key': 'a-batch' };
  const first = asBatch(await server.ok('POST', '/v1/movements/batch', { items }, { headers }));
  const head = await server.head();
  const again = asBatch(await server.ok('POST', '/v1/movements/batch', { items }, { headers }));
  expect(first.outcomes.map(({ status }) => status)).toEqual([200, 400]);
  expect(again.outcomes.map(({ answer, status }) => answer?.repeated ?? status)).toEqual([true, 400]);
  expect(await server.head()).toBe(head);
});

describe('moments', () => {
  it.each(['2026-03-01T09:30:00', '2026-03-01', '2026-02-30T09:30:00Z', '1772357400', 'now'])(
    'refuses %s',
    (occurredAt) =>
      expectRefused(() => server.call('POST', '/v1/movements', { body: receipt({ sourceKey: 'm', occurredAt }) }), {
        status: 400,
        code: 'invalid_timestamp',
        field: 'occurredAt',
      }),
  );
  it('refuses what happens more than 5 minutes ahead, and takes less', async () => {
    const ahead = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
    await expectRefused(
      () => server.call('POST', '/v1/movements', { body: receipt({ sourceKey: 'm', occurredAt: ahead(6) }) }),
      {
        status: 422,
        code: 'occurred_in_future',
        field: 'occurredAt',
      },
    );
    await server.ok('POST', '/v1/movements', receipt({ sourceKey: 'm', occurredAt: ahead(4) }));
  });
});

describe('meaning', () => {
  it.each([
    [
      'unknown locations',
      'POST',
      '/v1/movements',
      receipt({ location: 'nowhere' }),
      404,
      'unknown_location',
      'location',
    ],
    [
      'unknown channels of carts',
      'PUT',
      '/v1/reservations/nochannel/c',
      { lines: [{ sku: 'A', quantity: 1 }] },
      404,
      'unknown_channel',
      'channel',
    ],
    [
      'unknown channels of orders',
      'PUT',
      '/v1/orders/nochannel/o',
      { version: 1, placedAt: '2026-01-01T00:00:00Z', lines: [] },
      404,
      'unknown_channel',
      'channel',
    ],
    [
      'unknown channels of questions',
      'GET',
      '/v1/availability/A?channel=nochannel',
      undefined,
      404,
      'unknown_channel',
      'channel',
    ],
    [
      'unknown locations of channels',
      'POST',
      '/v1/channels',
      { channel: 'c', connection: 'x', locations: ['nowhere'] },
      404,
      'unknown_location',
      'location',
    ],
    [
      'requests for a SKU never seen',
      'PUT',
      '/v1/reservations/web/c',
      { lines: [{ sku: 'never', quantity: 1 }] },
      404,
      'unknown_sku',
      'sku',
    ],
    ['questions for a SKU never seen', 'GET', '/v1/stock/never', undefined, 404, 'unknown_sku', 'sku'],
    [
      'a fact again with other content',
      'POST',
      '/v1/movements',
      receipt({ quantity: 11 }),
      409,
      'fact_reused',
      undefined,
    ],
    [
      'a fact that stands on another SKU',
      'POST',
      '/v1/movements',
      receipt({ sku: 'other', sourceVersion: 2 }),
      409,
      'fact_moved',
      undefined,
    ],
    [
      'a ttl out of range',
      'PUT',
      '/v1/reservations/web/c',
      { lines: [{ sku: 'A', quantity: 1 }], ttlSeconds: 604_801 },
      400,
      'invalid_value',
      'ttlSeconds',
    ],
  ] as const)('refuses %s', async (_name, method, path, body, status, code, field) => {
    await server.caughtUp();
    await expectRefused(() => server.call(method, path, body === undefined ? {} : { body }), {
      status,
      code,
      ...(field !== undefined && { field }),
    });
  });

  it('refuses an Idempotency-Key that was used for something else', async () => {
    const headers = { 'idempotency-key': 'once' };
    await server.ok('POST', '/v1/movements', receipt({ sourceKey: 'once' }), { headers });
    await expectRefused(
      () => server.call('POST', '/v1/movements', { body: receipt({ sourceKey: 'once', quantity: 3 }), headers }),
      {
        status: 409,
        code: 'command_id_reused',
      },
    );
    await server.ok('PUT', '/v1/reservations/web/once', { lines: [{ sku: 'A', quantity: 1 }] }, { headers });
    await expectRefused(
      () => server.call('PUT', '/v1/reservations/web/once', { body: { lines: [{ sku: 'A', quantity: 2 }] }, headers }),
      {
        status: 409,
        code: 'command_id_reused',
      },
    );
  });

  it.each(['', 'x'.repeat(65), 'with space', 'ümlaut'])('refuses the Idempotency-Key %j', (key) =>
    expectRefused(
      () => server.call('POST', '/v1/movements', { body: receipt(), headers: { 'idempotency-key': key } }),
      {
        status: 400,
        code: 'invalid_header',
        field: 'Idempotency-Key',
      },
    ),
  );

  it('refuses the same version of an order with other content', async () => {
    const order = { version: 3, placedAt: '2026-01-01T00:00:00Z', lines: [{ line: '1', sku: 'A', ordered: 1 }] };
    await server.ok('PUT', '/v1/orders/web/again', order);
    const other = { ...order, lines: [{ line: '1', sku: 'A', ordered: 2 }] };
    await expectRefused(() => server.call('PUT', '/v1/orders/web/again', { body: other }), {
      status: 409,
      code: 'snapshot_reused',
    });
  });

  it('refuses a line that names a SKU and ids, or neither', async () => {
    const order = (line: object) => ({
      version: 1,
      placedAt: '2026-01-01T00:00:00Z',
      lines: [{ line: '1', ordered: 1, ...line }],
    });
    await expectRefused(() => server.call('PUT', '/v1/orders/web/p', { body: order({}) }), {
      status: 400,
      code: 'missing_field',
      field: 'lines[0].sku',
    });
    const both = order({ sku: 'A', ids: { product: '1' } });
    await expectRefused(() => server.call('PUT', '/v1/orders/web/p', { body: both }), {
      status: 400,
      code: 'invalid_value',
      field: 'lines[0].sku',
    });
  });
});
