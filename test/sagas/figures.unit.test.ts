import { describe, expect, it, vi } from 'vitest';
import { memoryCheckpoint, startLedger, type Ledger } from '#apps/ledger';
import type { Outcome } from '#event-sourcing';
import { createMemoryKeyIndex, createMemoryStore, type MemoryStore } from '#event-store/memory';
import type { RunRefusal, RunState } from '#observations';
import { plainDigest, seededRandom } from '#testing';
import { createClock } from '#platform';

/* The figures of a run on their way to the SKUs, through ends and starts of the process. */

const clock = createClock();
const by = (connection: string) => ({ connection, actor: 'test', correlationId: 'test' });
const skus = Array.from({ length: 200 }, (_, index) => `S${index}`);

const start = (store: MemoryStore): Promise<Ledger> =>
  startLedger({
    ...{ store, clock, digest: plainDigest, random: seededRandom(1), keyIndex: createMemoryKeyIndex() },
    backstop: memoryCheckpoint(),
  });

const opened = async (store: MemoryStore): Promise<Ledger> => {
  const ledger = await start(store);
  await ledger.setLocation(by('operator'), {
    ...{ kind: 'define_location', location: 'wh1', author: 'wms', authors: { count: 'erp' } },
  });
  return ledger;
};
const receive = (ledger: Ledger, run: string, asOf: string): Promise<Outcome<RunState, RunRefusal>> =>
  ledger.observations.receive(by('erp'), {
    ...{ run, location: 'wh1', asOf, basis: 'usable', kind: 'delta', rowCount: skus.length },
    rows: skus.map((sku) => ({ sku, quantity: 3 })),
  });
const release = (ledger: Ledger, run: string, some: readonly string[]): Promise<Outcome<RunState, RunRefusal>> =>
  ledger.observations.decide(
    by('operator'),
    { connection: 'erp', run },
    { command: 'release', reason: 'seen', skus: some },
  );

/** What the SKUs' streams say, one word an event. */
const said = async (ledger: Ledger): Promise<readonly string[]> => {
  const states = await ledger.lanes.stock.load(skus.map((sku) => `stock-${sku}`));
  return states.map(({ revision, state }) => `${revision}:${state.balances.get('wh1')?.sellable ?? 0}`);
};

describe('the figures of a run', () => {
  it('reach every SKU once, although the process ends as soon as the run is stored, and another one begins anew', async () => {
    const store = createMemoryStore();
    const first = await opened(store);
    // 200 new SKUs with 3 units each: all of them differ, and more rows differ than hold no run.
    expect(await receive(first, 'night-1', clock.now())).toMatchObject({ state: { standing: 'held' } });
    const released = release(first, 'night-1', skus.slice(0, 150));
    await Promise.all([released, first.stop()]);
    const second = await start(store);
    await vi.waitFor(async () => expect((await said(second)).filter((one) => one === '0:3')).toHaveLength(150), 10_000);
    expect((await said(second)).filter((one) => one === '-1:0')).toHaveLength(50);
    await second.stop();
    const third = await start(store);
    await release(third, 'night-1', skus.slice(150));
    await vi.waitFor(async () => expect((await said(third)).every((one) => one === '0:3')).toBe(true), 10_000);
    await third.stop();
  });
});
