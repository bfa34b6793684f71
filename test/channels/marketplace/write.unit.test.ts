import { afterEach, describe, expect, it } from 'vitest';
import { startMarketplace, type MarketplaceServer } from '../../servers/marketplace/index.js';
import { createMarketplacePort, marketplaceClient, type MarketplaceClient } from './index.js';

let server: MarketplaceServer | undefined;
let client: MarketplaceClient | undefined;

afterEach(async () => {
  await client?.close();
  await server?.stop();
});

const signal = AbortSignal.timeout(60_000);

/** Time passes only while somebody waits. */
const start = async () => {
  let now = Date.UTC(2026, 0, 1);
  const clock = () => now;
  const [market, connection] = await startMarketplace({ now: clock, applyMillis: 1_000 }).then(
    (started) => [started, marketplaceClient(started)] as const,
  );
  server = market;
  client = connection;
  const sleep = (millis: number) => Promise.resolve(void (now += millis));
  const port = createMarketplacePort({ client: connection, now: clock, sleep });
  const [first = '', second = ''] = ['a', 'b'].map((reference) =>
    market.market.offers.create({ reference, amount: 3 }),
  );
  return { ...market, port, first, second, pass: (millis: number) => void (now += millis) };
};

describe('a write', () => {
  it('is done once the figure is shown', async () => {
    const { port, market, first } = await start();
    const answer = await port.write([{ row: first, quantity: 7, expected: 3 }], signal);
    expect(answer).toEqual({ kind: 'answered', value: { written: [first], failed: [] } });
    expect(market.offers.find(first)).toMatchObject({ amount: 7 });
  });

  it('that was accepted and is not shown in time is not named: it may be shown at any time', async () => {
    const { port, market, first } = await start();
    const goOn = market.holdProcesses();
    const answer = await port.write([{ row: first, quantity: 7, expected: 3 }], signal);
    expect(answer).toEqual({ kind: 'answered', value: { written: [], failed: [] } });
    expect(market.offers.find(first)).toMatchObject({ amount: 3 });
    goOn();
    expect(market.offers.find(first)).toMatchObject({ amount: 7 });
  });

  it('of an offer that goes meanwhile has failed', async () => {
    const { port, market, first } = await start();
    const writing = port.write([{ row: first, quantity: 7, expected: 3 }], signal);
    market.offers.remove(first);
    expect(await writing).toMatchObject({ value: { written: [], failed: [{ row: first, code: 'row_missing' }] } });
  });

  it('behind the limit of requests is not sent, and says when to come again', async () => {
    const { port, limit, first, second, pass, market } = await start();
    limit({ stock: { requests: 1, perMillis: 60_000 } });
    const changes = [first, second].map((row) => ({ row, quantity: 7, expected: 3 }));
    const answer = await port.write(changes, signal);
    expect(answer).toMatchObject({ value: { written: [first], failed: [{ row: second, code: 'throttled' }] } });
    expect(await port.write(changes, signal)).toMatchObject({
      trouble: { kind: 'busy', code: 'throttled', retryAfterMillis: expect.any(Number) as number },
    });
    expect(market.offers.find(second)).toMatchObject({ amount: 3 });
    pass(60_000);
    expect(await port.write(changes.slice(1), signal)).toMatchObject({ value: { written: [second] } });
  });

  it('of a figure that no offer can have is our own mistake', async () => {
    const { port, first } = await start();
    for (const quantity of [-1, 1_000, 0.5])
      await expect(port.write([{ row: first, quantity, expected: 3 }], signal)).rejects.toThrow(RangeError);
  });
});

describe('the feed', () => {
  it('tells an order once more when it may have changed within the moment of its reading', async () => {
    const { port, market, first, pass } = await start();
    const read = async (cursors: Parameters<typeof port.ordersSince>[0]) => {
      const answer = await port.ordersSince(cursors, signal);
      if (answer.kind === 'trouble') throw new Error(answer.trouble.code);
      return answer.value;
    };
    const { cursors } = await read(undefined);
    const order = market.orders.place([{ offer: first, units: 1 }]);
    const told = await read(cursors);
    market.orders.cancel(`${order}-1`);
    const within = await read(told.cursors);
    pass(1_000);
    const behind = await read(within.cursors);
    expect([told.orders, within.orders, behind.orders]).toEqual([[order], [], [order]]);
    expect((await read(behind.cursors)).orders).toEqual([]);
  });

  it('brings what changed while it was away for days', async () => {
    const { port, market, first, pass } = await start();
    const begun = await port.ordersSince(undefined, signal);
    const order = market.orders.place([{ offer: first, units: 1 }]);
    pass(3 * 86_400_000);
    const cursors = begun.kind === 'answered' ? begun.value.cursors : undefined;
    expect(await port.ordersSince(cursors, signal)).toMatchObject({ value: { orders: [order] } });
  });
});
