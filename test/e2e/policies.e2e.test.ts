import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { receipt, startServer, type LedgerServer } from './harness.js';
import { asPage, type PageBody } from './views.js';

let server: LedgerServer;
beforeAll(async () => {
  server = await startServer({ env: { SWEEP_EVERY_MILLIS: '50' } });
});
afterAll(() => server.stop());

/** Each test has a SKU, two locations and a channel of its own: what another one changes does not touch it. */
let test = 0;
let sku: string;
let channel: string;
let near: string;
let far: string;
beforeEach(async () => {
  test += 1;
  [sku, channel, near, far] = [`P${test}`, `web${test}`, `near${test}`, `far${test}`];
  for (const location of [near, far]) await server.ok('POST', '/v1/locations', { location, author: 'operator' });
  await server.ok('POST', '/v1/channels', { channel, connection: 'operator', locations: [near, far] });
  await server.ok('POST', '/v1/movements', receipt({ sku, location: near, quantity: 6, sourceKey: `near-${test}` }));
  await server.ok('POST', '/v1/movements', receipt({ sku, location: far, quantity: 4, sourceKey: `far-${test}` }));
  await server.caughtUp();
});

type Change = Readonly<Record<string, unknown>>;
const terms = (changes: Change = {}): Change => ({
  revision: 0,
  locations: [near, far],
  reservationTtlSeconds: 900,
  splitCarts: false,
  ...changes,
});
const place = (changes: Change): Change => ({
  revision: 0,
  author: 'operator',
  kind: 'own',
  state: 'open',
  ...changes,
});

const manyClasses = Object.fromEntries(Array.from({ length: 17 }, (_, at) => [`c${at}`, { reviewAfterHours: 1 }]));

const availability = async (): Promise<unknown> => {
  await server.caughtUp();
  return server.ok('GET', `/v1/availability/${sku}?channel=${channel}`);
};
const explanation = async (): Promise<unknown> => {
  await server.caughtUp();
  return server.ok('GET', `/v1/availability/${sku}/explanation?channel=${channel}`);
};
/** Resolves when the sweeper has served everything that this SKU owes. */
const served = async (): Promise<void> => {
  for (;;) {
    await server.caughtUp();
    const stock = (await server.ok('GET', `/v1/stock/${sku}`)) as { readonly oversold: number };
    if (stock.oversold === 0) return;
  }
};
const history = async (path: string): Promise<PageBody['rows']> => asPage(await server.ok('GET', path)).rows;
const reserve = (cart: string, quantity: number) =>
  server.call('PUT', `/v1/reservations/${channel}/${cart}`, { body: { lines: [{ sku, quantity }] } });

describe('a hard buffer', () => {
  it('is kept back from promises, shown and explained by the revision that says so', async () => {
    const buffer = { effect: 'hard', units: 7 };
    expect(await server.ok('PUT', `/v1/channels/${channel}`, terms({ buffer }))).toMatchObject({ buffer, revision: 1 });
    expect(await availability()).toMatchObject({
      atp: 3,
      shown: 3,
      byLocation: [
        { location: near, quantity: 3 },
        { location: far, quantity: 0 },
      ],
    });
    expect(await explanation()).toMatchObject({
      terms: [
        { term: 'sellable', quantity: 6 },
        { term: 'sellable', quantity: 4 },
        { term: 'hard_buffer', quantity: -7, origin: { stream: `policy-channel-${channel}`, revision: 1 } },
      ],
      shownTerms: [],
      policy: { buffer, revision: 1 },
    });
    expect(await reserve('c1', 4)).toMatchObject({
      status: 409,
      body: { code: 'insufficient', requested: 4, available: 3 },
    });
    expect(await reserve('c1', 3)).toMatchObject({ status: 200 });
    await server.caughtUp();
    const [reserved] = await history(`/v1/stock/${sku}/history?limit=1`);
    expect(reserved).toMatchObject({ data: { decidedOn: { atp: 3, policies: { [`policy-channel-${channel}`]: 1 } } } });
  });
});

describe('a soft buffer and a cap', () => {
  it('hold back what is shown, not what is promised, and are announced', async () => {
    await server.ok('PUT', `/v1/channels/${channel}`, terms({ buffer: { effect: 'soft', basisPoints: 2_500 } }));
    expect(await availability()).toMatchObject({ atp: 10, shown: 7, state: 'in_stock' });
    await server.ok('PUT', `/v1/channels/${channel}`, terms({ revision: 1, cap: { units: 0 } }));
    expect(await explanation()).toMatchObject({
      atp: 10,
      shown: 0,
      state: 'limited',
      shownTerms: [{ term: 'cap', quantity: -10, origin: { revision: 2 } }],
    });
    expect(await reserve('c1', 10)).toMatchObject({ status: 200 });
  });

  it('every change of what is shown goes out on the feed', async () => {
    const shown: unknown[] = [];
    const read = async (wanted: number): Promise<void> => {
      let after = 0;
      while (shown.at(-1) !== wanted) {
        const changes = await server.services.availability.queries.changes({
          ...{ after, channel, limit: 100, waitMillis: 10_000 },
        });
        for (const change of changes) if (change.sku === sku) shown.push(change.shown);
        after = changes.at(-1)?.sequence ?? after;
      }
    };
    await read(10);
    await server.ok('PUT', `/v1/channels/${channel}`, terms({ cap: { units: 2 } }));
    await read(2);
    await server.ok('PUT', `/v1/locations/${near}`, place({ state: 'closed' }));
    await server.ok('PUT', `/v1/channels/${channel}`, terms({ revision: 1 }));
    await read(4);
  });
});

describe('a location that is not open', () => {
  it('is promised from by nobody; what it owes and holds stays, and its debts are served when it opens', async () => {
    expect(await reserve('kept', 1)).toMatchObject({ status: 200 });
    expect(
      await server.ok('PUT', `/v1/locations/${near}`, place({ state: 'counting', reason: 'stock take' })),
    ).toMatchObject({ state: 'counting', revision: 1 });
    expect(await availability()).toMatchObject({ atp: 4, held: 1 });
    expect(await explanation()).toMatchObject({
      terms: [
        { term: 'sellable', quantity: 5, location: near },
        { term: 'not_open', quantity: -5, location: near, origin: { stream: `policy-location-${near}`, revision: 1 } },
        { term: 'sellable', quantity: 4, location: far },
      ],
    });
    expect(await reserve('c2', 5)).toMatchObject({ status: 409, body: { available: 4 } });
    const lines = [{ line: '1', sku, ordered: 6 }];
    const order = { version: 1, placedAt: '2026-01-05T10:00:00Z', lines };
    await server.ok('PUT', `/v1/orders/${channel}/o1`, order);
    await server.caughtUp();
    expect(await server.ok('GET', `/v1/stock/${sku}`)).toMatchObject({ oversold: 2 });

    await server.ok('PUT', `/v1/locations/${near}`, place({ revision: 1 }));
    await served();
    expect(await availability()).toMatchObject({ atp: 3 });
  });
});

describe('what a channel says of units to come and of payment', () => {
  it('is read, listed, explained and kept with its history', async () => {
    const more = { backorder: { horizonDays: 14 }, paymentClasses: { wire: { reviewAfterHours: 168 } } };
    const path = `/v1/channels/${channel}`;
    expect(await server.ok('PUT', path, terms(more))).toMatchObject({ ...more, revision: 1 });
    expect(await server.ok('GET', path)).toMatchObject(more);
    expect(await server.ok('GET', '/v1/channels')).toMatchObject({
      channels: expect.arrayContaining([expect.objectContaining({ channel, ...more })]) as unknown,
    });
    expect(await explanation()).toMatchObject({ policy: more });
    expect((await history(`${path}/history`))[1]).toMatchObject({ data: more });
    const without = await server.ok('PUT', path, terms({ revision: 1 }));
    expect(without).not.toHaveProperty('backorder');
    expect(without).not.toHaveProperty('paymentClasses');
    expect(await explanation()).not.toHaveProperty('policy.paymentClasses');
  });

  it('may stand from the first on', async () => {
    const created = { channel: `${channel}_b`, connection: 'operator', locations: [near] };
    const more = { backorder: { horizonDays: 1 }, paymentClasses: { wire: { reviewAfterHours: 2_160 } } };
    expect(await server.ok('POST', '/v1/channels', { ...created, ...more })).toMatchObject(more);
  });
});

describe('a change', () => {
  it('says who, when and why; the same again is none; over another one it is refused', async () => {
    const path = `/v1/channels/${channel}`;
    const change = terms({ cap: { units: 3 }, reason: 'campaign' });
    const changed = await server.ok('PUT', path, change);
    expect(await server.ok('PUT', path, change)).toEqual(changed);
    expect(await server.call('PUT', path, { body: terms({ cap: { units: 4 } }) })).toMatchObject({
      status: 409,
      body: { code: 'policy_changed', field: 'revision', expected: 0, revision: 1 },
    });
    const rows = await history(`${path}/history`);
    expect(rows).toMatchObject([
      { type: 'ChannelDefined', revision: 0, data: { channel, locations: [near, far] } },
      {
        type: 'ChannelChanged',
        revision: 1,
        source: { connection: 'operator' },
        data: { cap: { units: 3 }, reason: 'campaign' },
      },
    ]);
    expect(rows[1]).toMatchObject({ actor: expect.any(String) as string, recordedAt: expect.any(String) as string });
    const first = asPage(await server.ok('GET', `${path}/history?limit=1`));
    expect(first.rows).toEqual(rows.slice(0, 1));
    const second = asPage(await server.ok('GET', `${path}/history?limit=1&cursor=${first.next ?? ''}`));
    expect([second.rows, second.next]).toEqual([rows.slice(1), undefined]);
    const forged = Buffer.from('["2147483647"]').toString('base64url');
    expect(await server.call('GET', `${path}/history?cursor=${forged}`)).toMatchObject({ status: 400 });
  });

  it('of a location is in its history, and needs the scope', async () => {
    await server.ok('PUT', `/v1/locations/${far}`, place({ kind: 'third_party', state: 'no_new_orders' }));
    expect(await history(`/v1/locations/${far}/history`)).toMatchObject([
      { type: 'LocationDefined', data: { kind: 'own', state: 'open' } },
      { type: 'LocationChanged', data: { kind: 'third_party', state: 'no_new_orders' } },
    ]);
    const key = await server.keyFor('operator', 'stock:read');
    const body = place({ revision: 1 });
    expect(await server.call('PUT', `/v1/locations/${far}`, { key, body })).toMatchObject({ status: 403 });
    expect(await server.call('GET', `/v1/locations/${far}/history`, { key })).toMatchObject({ status: 403 });
  });

  it.each<[string, Change, string, string]>([
    ['a share of both kinds', { cap: { units: 1, basisPoints: 5 } }, 'invalid_value', 'cap.units'],
    ['a share of neither', { buffer: { effect: 'soft', unitsMax: 5 } }, 'missing_field', 'buffer.units'],
    ['a ceiling over units', { cap: { units: 1, unitsMax: 5 } }, 'invalid_value', 'cap.units'],
    ['a negative buffer', { buffer: { effect: 'hard', units: -1 } }, 'invalid_quantity', 'buffer.units'],
    ['a cap over 100%', { cap: { basisPoints: 10_001 } }, 'invalid_value', 'cap.basisPoints'],
    ['an effect nobody knows', { buffer: { effect: 'firm', units: 1 } }, 'invalid_value', 'buffer.effect'],
    ['a buffer that is no object', { buffer: 5 }, 'invalid_value', 'buffer'],
    ['an unknown field', { caps: { units: 1 } }, 'unknown_field', 'caps'],
    ['no revision', { revision: undefined }, 'missing_field', 'revision'],
    ['a horizon of no day', { backorder: { horizonDays: 0 } }, 'invalid_value', 'backorder.horizonDays'],
    ['a horizon of over a year', { backorder: { horizonDays: 366 } }, 'invalid_value', 'backorder.horizonDays'],
    ['a backorder without horizon', { backorder: {} }, 'missing_field', 'backorder.horizonDays'],
    ['classes of payment in a list', { paymentClasses: [] }, 'invalid_value', 'paymentClasses'],
    ['a class that is no code', { paymentClasses: { 'W!': {} } }, 'invalid_code', 'paymentClasses'],
    ['a class that is no object', { paymentClasses: { wire: 5 } }, 'invalid_value', 'paymentClasses.wire'],
    ['a class that is null', { paymentClasses: { wire: null } }, 'invalid_value', 'paymentClasses.wire'],
    [
      'a review at once',
      { paymentClasses: { wire: { reviewAfterHours: 0 } } },
      'invalid_value',
      'paymentClasses.wire.reviewAfterHours',
    ],
    [
      'an unknown field of a class',
      { paymentClasses: { wire: { reviewAfterHours: 1, cancel: true } } },
      'unknown_field',
      'paymentClasses.wire.cancel',
    ],
    ['too many classes of payment', { paymentClasses: manyClasses }, 'too_many_items', 'paymentClasses'],
    ['an unknown location', { locations: ['nowhere'] }, 'unknown_location', 'location'],
  ])('with %s is refused and leaves everything as it is', async (_, changes, code, field) => {
    const path = `/v1/channels/${channel}`;
    const answer = await server.call('PUT', path, { body: terms(changes) });
    expect(answer.body).toMatchObject({ code, field });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(await history(`${path}/history`)).toHaveLength(1);
  });

  const leaves = { cutOff: '14:00', timeZone: 'Europe/Berlin', handlingDays: 1 };

  it('says when units leave a location, and takes it back', async () => {
    const path = `/v1/locations/${near}`;
    expect(await server.ok('PUT', path, place({ dispatch: leaves }))).toMatchObject({ dispatch: leaves, revision: 1 });
    expect(await server.ok('PUT', path, place({ dispatch: leaves }))).toMatchObject({ revision: 1 });
    expect(await server.ok('GET', path)).toMatchObject({ dispatch: leaves });
    expect((await history(`${path}/history`))[1]).toMatchObject({ data: { dispatch: leaves } });
    await server.caughtUp();
    const rows = await server.services.availability.queries.locations();
    expect(rows.find(({ location }) => location === near)).toMatchObject({ dispatch: leaves, revision: 1 });
    expect(await server.ok('PUT', path, place({ revision: 1 }))).not.toHaveProperty('dispatch');
    const other = { location: `${near}_b`, author: 'operator', dispatch: leaves };
    expect(await server.ok('POST', '/v1/locations', other)).toMatchObject({ dispatch: leaves });
  });

  it.each<[string, unknown, string, string]>([
    ['no object', 'at noon', 'invalid_value', 'dispatch'],
    ['a malformed time', { ...leaves, cutOff: '9:00' }, 'invalid_value', 'dispatch.cutOff'],
    ['a time that is none', { ...leaves, cutOff: '24:00' }, 'invalid_value', 'dispatch.cutOff'],
    ['an unknown zone', { ...leaves, timeZone: 'Europe/Atlantis' }, 'invalid_value', 'dispatch.timeZone'],
    ['an offset for a zone', { ...leaves, timeZone: '+01:00' }, 'invalid_value', 'dispatch.timeZone'],
    ['no zone', { ...leaves, timeZone: undefined }, 'missing_field', 'dispatch.timeZone'],
    ['negative days', { ...leaves, handlingDays: -1 }, 'invalid_value', 'dispatch.handlingDays'],
    ['too many days', { ...leaves, handlingDays: 61 }, 'invalid_value', 'dispatch.handlingDays'],
  ])('of a location that says when units leave by %s is refused', async (_, dispatch, code, field) => {
    const path = `/v1/locations/${near}`;
    expect((await server.call('PUT', path, { body: place({ dispatch }) })).body).toMatchObject({ code, field });
    expect(await history(`${path}/history`)).toHaveLength(1);
  });

  it('of what was never created is 404', async () => {
    expect(await server.call('PUT', '/v1/channels/never', { body: terms() })).toMatchObject({ status: 404 });
    expect(await server.call('PUT', '/v1/locations/never', { body: place({}) })).toMatchObject({ status: 404 });
    for (const path of ['/v1/channels/never/history', '/v1/locations/never/history'])
      expect(await server.call('GET', path)).toMatchObject({ status: 404 });
  });
});

describe('terms that a SKU has of its own', () => {
  const path = (of = sku): string => `/v1/skus/${of}/policy`;
  const own = (terms: Change, changes: Change = {}): Change => ({ channels: { [channel]: terms }, ...changes });

  it('stand in the place of those of the channel, in what is shown, promised and explained', async () => {
    await server.ok(
      'PUT',
      `/v1/channels/${channel}`,
      terms({ buffer: { effect: 'hard', units: 1 }, cap: { units: 9 } }),
    );
    const other = `${sku}-other`;
    await server.ok('POST', '/v1/movements', receipt({ sku: other, location: near, quantity: 6, sourceKey: other }));
    const buffer = { effect: 'hard', units: 8 };
    expect(await server.ok('PUT', path(), own({ buffer, backorder: 'never' }, { reason: 'launch' }))).toEqual({
      sku,
      channels: { [channel]: { buffer, backorder: 'never' } },
      revision: 0,
    });
    expect(await availability()).toMatchObject({ atp: 2, shown: 2 });
    const origin = { stream: `policy-sku-${sku}`, revision: 0 };
    expect(await explanation()).toMatchObject({
      terms: [{ quantity: 6 }, { quantity: 4 }, { term: 'hard_buffer', quantity: -8, origin }],
      policy: { buffer, cap: { units: 9 }, revision: 1, overridden: { buffer: origin, backorder: origin } },
    });
    expect(await reserve('c1', 3)).toMatchObject({ status: 409, body: { requested: 3, available: 2 } });
    expect(await reserve('c1', 2)).toMatchObject({ status: 200 });
    await server.caughtUp();
    const [reserved] = await history(`/v1/stock/${sku}/history?limit=1`);
    expect(reserved).toMatchObject({
      data: { decidedOn: { policies: { [`policy-channel-${channel}`]: 1, [`policy-sku-${sku}`]: 0 } } },
    });
    expect(await server.ok('GET', `/v1/availability/${other}?channel=${channel}`)).toMatchObject({ atp: 5 });
    expect(await server.ok('POST', '/v1/availability/bulk', { channel, skus: [other, sku] })).toMatchObject({
      rows: [{ atp: 5 }, { atp: 0 }],
    });
  });

  it('go out on the feed when they change, and end', async () => {
    let after = 0;
    const heard = async (wanted: number): Promise<void> => {
      let shown = -1;
      while (shown !== wanted) {
        const changes = await server.services.availability.queries.changes({
          ...{ after, channel, limit: 100, waitMillis: 10_000 },
        });
        for (const change of changes) if (change.sku === sku) shown = change.shown;
        after = changes.at(-1)?.sequence ?? after;
      }
    };
    await heard(10);
    await server.ok('PUT', path(), own({ cap: { units: 3 } }));
    await heard(3);
    expect(await server.ok('PUT', path(), { revision: 0, channels: {} })).toEqual({ sku, channels: {}, revision: 1 });
    await heard(10);
    expect(await explanation()).not.toHaveProperty('policy.overridden');
  });

  it('may be set before the first unit comes, over the revision that was read, with who, when and why', async () => {
    const unseen = `${sku}/new`;
    const at = path(encodeURIComponent(unseen));
    expect(await server.ok('GET', at)).toEqual({ sku: unseen, channels: {}, revision: -1 });
    expect(await server.ok('GET', `${at}/history`)).toEqual({ rows: [] });
    const set = own({ cap: { units: 1 } }, { reason: 'launch' });
    const first = await server.ok('PUT', at, set);
    expect(await server.ok('PUT', at, set)).toEqual(first);
    expect(await server.call('PUT', at, { body: own({ cap: { units: 2 } }) })).toMatchObject({
      status: 409,
      body: { code: 'policy_changed', field: 'revision', expected: -1, revision: 0 },
    });
    await server.ok('POST', '/v1/movements', receipt({ sku: unseen, location: near, quantity: 6, sourceKey: unseen }));
    await server.caughtUp();
    expect(await server.ok('GET', `/v1/availability/${encodeURIComponent(unseen)}?channel=${channel}`)).toMatchObject({
      atp: 6,
      shown: 1,
    });
    expect(await history(`${at}/history`)).toMatchObject([
      {
        type: 'SkuPolicySet',
        revision: 0,
        source: { connection: 'operator' },
        data: { sku: unseen, reason: 'launch' },
      },
    ]);
  });

  it.each<[string, (code: string) => Change, string, string]>([
    ['an unknown channel', () => ({ channels: { nowhere: {} } }), 'unknown_channel', 'channel'],
    ['a code that is none', () => ({ channels: { 'W!': {} } }), 'invalid_code', 'channels'],
    ['no channels', () => ({}), 'missing_field', 'channels'],
    ['channels in a list', () => ({ channels: [] }), 'invalid_value', 'channels'],
    ['terms that are none', (code) => ({ channels: { [code]: 5 } }), 'invalid_value', 'channels.*'],
    ['another term', (code) => ({ channels: { [code]: { ttl: 5 } } }), 'unknown_field', 'channels.*.ttl'],
    [
      'a negative buffer',
      (code) => ({ channels: { [code]: { buffer: { effect: 'hard', units: -1 } } } }),
      'invalid_quantity',
      'channels.*.buffer.units',
    ],
    [
      'a cap over 100%',
      (code) => ({ channels: { [code]: { cap: { basisPoints: 10_001 } } } }),
      'invalid_value',
      'channels.*.cap.basisPoints',
    ],
    [
      'a cap of both kinds',
      (code) => ({ channels: { [code]: { cap: { units: 1, basisPoints: 1 } } } }),
      'invalid_value',
      'channels.*.cap.units',
    ],
    [
      'a horizon of no day',
      (code) => ({ channels: { [code]: { backorder: { horizonDays: 0 } } } }),
      'invalid_value',
      'channels.*.backorder.horizonDays',
    ],
    [
      'another word',
      (code) => ({ channels: { [code]: { backorder: 'no' } } }),
      'invalid_value',
      'channels.*.backorder',
    ],
    ['a revision below none', () => ({ revision: -2, channels: {} }), 'invalid_value', 'revision'],
  ])('with %s are refused, and nothing is stored', async (_, body, code, field) => {
    const answer = await server.call('PUT', path(), { body: body(channel) });
    expect(answer.body).toMatchObject({ code, field: field.replace('*', channel) });
    expect(await server.ok('GET', path())).toMatchObject({ channels: {}, revision: -1 });
  });

  it('need the scopes, and a SKU that is one', async () => {
    const key = await server.keyFor('operator', 'stock:read');
    expect(await server.call('PUT', path(), { key, body: own({}) })).toMatchObject({ status: 403 });
    expect(await server.call('GET', `${path()}/history`, { key })).toMatchObject({ status: 403 });
    expect(await server.call('GET', path(), { key })).toMatchObject({ status: 200 });
    expect(await server.call('PUT', path('$A'), { body: own({}) })).toMatchObject({
      status: 400,
      body: { field: 'sku' },
    });
  });
});
