import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportAll, startServer, type LedgerServer } from './harness.js';
import { expectRefusal } from './refusal.js';
import { asPage, asStock, having } from './views.js';

/* Runs of figures over HTTP: an ERP counts at WH1, whose movements a warehouse system reports. */

const skusMax = 5_000;
const skus = Array.from({ length: skusMax }, (_, index) => `S${String(index).padStart(4, '0')}`);
/** Before everything that happens here, and a little later. */
const opening = new Date(Date.now() - 3_600_000).toISOString();
const asOf = (minutes: number): string => new Date(Date.parse(opening) + minutes * 60_000).toISOString();

let server: LedgerServer;
let erp: string;
beforeAll(async () => {
  server = await startServer();
  const observers = [{ connection: 'erp', postingLagSeconds: 0 }];
  await server.ok('POST', '/v1/locations', {
    location: 'wh1',
    author: 'operator',
    authors: { count: 'erp' },
    observers,
  });
  erp = await server.keyFor('erp', 'movements:write', 'stock:read');
  for (let from = 0; from < skusMax; from += 500) {
    const items = skus.slice(from, from + 500).map((sku) => ({
      ...{ kind: 'receipt', sku, location: 'wh1', quantity: 10, sourceKey: `opening-${sku}`, occurredAt: opening },
    }));
    await reportAll(server, items);
  }
  await server.caughtUp();
});
afterAll(() => server.stop());

type Row = { readonly sku: string; readonly quantity: number };
type Run = { readonly state: string; readonly reasons: readonly object[]; readonly repeated: boolean };
const runOf = (run: string, rows: readonly Row[], more: Readonly<Record<string, unknown>> = {}) => ({
  ...{ run, location: 'wh1', asOf: asOf(10), basis: 'usable', kind: 'full', rowCount: rows.length, rows },
  ...more,
});
const send = async (body: unknown): Promise<Run> =>
  (await server.ok('POST', '/v1/observations', body, { key: erp })) as Run;
const onHandOf = async (sku: string): Promise<number | undefined> =>
  asStock(await server.ok('GET', `/v1/stock/${sku}`)).locations[0]?.onHand;
/** SKUs that have another quantity than they were opened with. */
const changed = async (): Promise<readonly string[]> => {
  await server.caughtUp();
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const page = asPage(await server.ok('GET', `/v1/stock?limit=1000${cursor ? `&cursor=${cursor}` : ''}`));
    for (const row of page.rows as readonly { sku: string; sellable: number }[])
      if (row.sellable !== 10) found.push(row.sku);
    cursor = page.next;
  } while (cursor !== undefined);
  return found;
};
const untilEqual = async <Value>(ask: () => Promise<Value>, wanted: Value): Promise<void> => {
  const deadline = Date.now() + 20_000;
  while (JSON.stringify(await ask()) !== JSON.stringify(wanted)) {
    if (Date.now() > deadline) expect(await ask()).toEqual(wanted);
  }
};

describe('scenario 3, the end: a run that cannot be right', () => {
  const zeros = skus.map((sku, index) => ({ sku, quantity: index < 4_000 ? 0 : 10 }));
  const cut = skus.slice(0, 4_200).map((sku) => ({ sku, quantity: 10 }));

  it('with 4,000 zeros of 5,000 rows is held, and posts nothing', async () => {
    expect(await send(runOf('zeros', zeros))).toMatchObject({
      state: 'held',
      reasons: [
        { reason: 'zeros', found: 4_000, max: 500 },
        { reason: 'changes', found: 4_000, max: 1_000 },
      ],
    });
    expect(await send(runOf('zeros', zeros))).toMatchObject({ state: 'held', repeated: true });
  });
  it('with 4,200 rows of 5,000 SKUs too', async () => {
    expect(await send(runOf('cut', cut))).toMatchObject({
      state: 'held',
      reasons: [{ reason: 'missing', found: 800, max: 500 }],
    });
    await server.caughtUp();
    const { rows } = asPage(await server.ok('GET', '/v1/observations/runs?state=held'));
    expect(rows).toMatchObject([
      { connection: 'erp', run: 'cut', waiting: 4_200 },
      { connection: 'erp', run: 'zeros', waiting: 5_000 },
    ]);
    expect(await changed()).toEqual([]);
  });
  it('releasing 12 chosen rows posts 12, and rejecting the rest ends it', async () => {
    const chosen = skus.slice(100, 112);
    const where = '/v1/observations/runs/erp/zeros';
    await expectRefusal(server, () => server.call('POST', `${where}/release`, { key: erp, body: { reason: 'mine' } }), {
      ...{ status: 403, code: 'scope_missing' },
    });
    expect(await server.ok('POST', `${where}/release`, { skus: chosen, reason: 'seen on the shelf' })).toMatchObject({
      ...{ state: 'held', released: 12 },
    });
    await untilEqual(changed, chosen);
    expect(await server.ok('POST', `${where}/reject`, { reason: 'the ERP was restored' })).toMatchObject({
      state: 'rejected',
    });
    await expectRefusal(server, () => server.call('POST', `${where}/release`, { body: { reason: 'all' } }), {
      ...{ status: 409, code: 'run_not_held' },
    });
    expect(await changed()).toEqual(chosen);
    const { rows } = asPage(await server.ok('GET', '/v1/stock/S0100/history?limit=1'));
    expect(rows).toMatchObject([
      { type: 'StockObserved', source: { connection: 'operator' }, data: { reason: 'released', difference: -10 } },
    ]);
  });
});

describe('a run that can be right', () => {
  const few = [
    { sku: 'S4990', quantity: 9 },
    { sku: 'S4991', quantity: 10 },
  ];
  it('posts a difference with the second figure that shows it, once', async () => {
    const delta = { kind: 'delta' };
    expect(await send(runOf('first', few, { ...delta, asOf: asOf(20) }))).toMatchObject({ state: 'accepted' });
    expect(await send(runOf('second', few, { ...delta, asOf: asOf(30) }))).toMatchObject({ state: 'accepted' });
    await untilEqual(() => onHandOf('S4990'), 9);
    expect(await send(runOf('second', few, { ...delta, asOf: asOf(30) }))).toMatchObject({ repeated: true });
    expect(await onHandOf('S4991')).toBe(10);
  });
  it('is shown with its rows beside what the ledger expects', async () => {
    const run = await server.ok('GET', '/v1/observations/runs/erp/second');
    expect(run).toMatchObject({
      ...{ state: 'accepted', kind: 'delta', rowCount: 2, basis: 'usable' },
      rows: [{ sku: 'S4990', observed: 9, difference: 0 }, { sku: 'S4991' }],
    });
    const page = await server.ok('GET', '/v1/observations/runs/erp/cut');
    expect(page).toMatchObject({ rows: having({ length: 500 }), next: 'S0499' });
    const next = await server.ok('GET', '/v1/observations/runs/erp/cut?cursor=S0499');
    expect(next).toMatchObject({ rows: having({ length: 500 }), next: 'S0999' });
  });
});

describe('refused, with nothing stored', () => {
  const row = { sku: 'S0001', quantity: 1 };
  const post =
    (body: unknown, key = erp) =>
    () =>
      server.call('POST', '/v1/observations', { key, body });
  it.each([
    ['a row count that is wrong', runOf('x', [row], { rowCount: 2 }), 422, 'row_count_differs', 'rowCount'],
    ['a row twice', runOf('x', [row, row]), 400, 'duplicate_item', 'rows'],
    ['no row', runOf('x', []), 400, 'invalid_value', 'rowCount'],
    ['a fraction', runOf('x', [{ ...row, quantity: 0.5 }]), 400, 'invalid_number', 'rows[0].quantity'],
    ['no such location', runOf('x', [row], { location: 'wh9' }), 404, 'unknown_location', 'location'],
    ['what was sellable', runOf('x', [row], { basis: 'sellable' }), 422, 'basis_not_supported', undefined],
    ['a moment to come', runOf('x', [row], { asOf: '2999-01-01T00:00:00Z' }), 422, 'occurred_in_future', 'occurredAt'],
    ['figures of last week', runOf('x', [row], { asOf: '2020-01-01T00:00:00Z' }), 422, 'count_too_old', undefined],
    ['a key that said something else', runOf('first', [row]), 409, 'run_reused', 'run'],
  ])('%s', async (_what, body, status, code, field) => {
    await expectRefusal(server, post(body), { status, code, ...(field !== undefined && { field }) });
  });
  it('a connection that does not count there', async () => {
    const other = await server.keyFor('till', 'movements:write');
    await expectRefusal(server, post(runOf('x', [row]), other), { status: 403, code: 'not_author' });
  });
  it('a run or a row that there is not', async () => {
    await expectRefusal(server, () => server.call('GET', '/v1/observations/runs/erp/none'), {
      ...{ status: 404, code: 'unknown_run' },
    });
    const body = { skus: ['NONE'], reason: 'why not' };
    await expectRefusal(server, () => server.call('POST', '/v1/observations/runs/erp/cut/release', { body }), {
      ...{ status: 422, code: 'row_not_in_run', field: 'skus' },
    });
  });
  it('settings of a location that cannot be', async () => {
    const location = { location: 'wh7', author: 'operator' };
    const twice = [{ connection: 'erp' }, { connection: 'erp' }];
    await expectRefusal(
      server,
      () => server.call('POST', '/v1/locations', { body: { ...location, observers: twice } }),
      {
        ...{ status: 400, code: 'duplicate_item', field: 'observers' },
      },
    );
    const tooMuch = [{ connection: 'erp', zerosMax: 10_001 }];
    await expectRefusal(
      server,
      () => server.call('POST', '/v1/locations', { body: { ...location, observers: tooMuch } }),
      {
        ...{ status: 400, code: 'invalid_value', field: 'observers[0].zerosMax' },
      },
    );
  });
});
