import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { MemoryStore } from '#event-store/memory';
import type { AssemblyLine } from '#stock';
import { plainDigest } from '#testing';
import {
  createAssemblyDesk,
  type AssemblyDesk,
  type AssemblyReport,
} from '../../apps/ledger/src/assemblies/assembly-desk.js';
import { createDeliveries, deliverAgain } from '../../apps/ledger/src/orders/index.js';
import {
  callerWith,
  clock,
  freshStore,
  lengthOf,
  receive,
  sellable,
  startProcess,
  stockStream,
  type Process,
} from './ledger-process.js';

let store: MemoryStore;
let process: Process;
let desk: AssemblyDesk;
beforeEach(async () => {
  store = freshStore();
  process = startProcess(store);
  for (const sku of ['A', 'B']) await receive(process, sku, 10);
  desk = deskOf();
});

const deskOf = (stock = process.stock): AssemblyDesk =>
  createAssemblyDesk({
    ...{ assemblies: process.assemblies, stock, stockStream, deliveries: createDeliveries(), digest: plainDigest },
  });

const consumed = (sku: string, quantity: number): AssemblyLine => ({ sku, role: 'consumed', quantity });
const produced = (sku: string, quantity: number): AssemblyLine => ({ sku, role: 'produced', quantity });
const occurredAt = '2026-03-01T11:00:00.000Z';
const job = (version: number, ...lines: readonly AssemblyLine[]): AssemblyReport => ({
  ...{ connection: 'wms', assembly: 'job', version, location: 'wh1', occurredAt, lines },
});
const record = (report: AssemblyReport, by = desk) => by.record(report, true, callerWith('job', report.connection));
const levels = () => Promise.all(['A', 'B', 'K'].map((sku) => sellable(store, sku)));
const refused = (code: string) => ({ kind: 'failed', failure: { kind: 'refused', refusal: { code } } });

/** What the subscription does with all that the assembly's stream has. */
const backstop = async (): Promise<void> => {
  const [events = []] = await store.read([{ stream: 'assembly-wms-job', from: 0 }]);
  const deps = { store, clock, digest: plainDigest, stockStream, stock: startProcess(store).stock };
  const checkpoint = { load: () => Promise.resolve(undefined), save: () => Promise.resolve() };
  const onUndeliverable = (each: unknown) => expect.unreachable(JSON.stringify(each));
  await deliverAgain(
    { ...deps, checkpoint, deliveries: createDeliveries(), onUndeliverable },
    events,
    new AbortController().signal,
  );
};

describe('an assembly', () => {
  test('takes units of some SKUs and makes others; again it changes nothing', async () => {
    const made = job(1, consumed('A', 4), consumed('B', 2), produced('K', 2));
    expect(await record(made)).toMatchObject({ kind: 'recorded', opened: true, lines: [{ status: 'posted' }, {}, {}] });
    expect(await levels()).toEqual([6, 8, 2]);
    expect(await record(made)).toMatchObject({ kind: 'recorded', version: 1, opened: false });
    await backstop();
    expect(await lengthOf(store, 'stock-A')).toBe(2);
    expect(await levels()).toEqual([6, 8, 2]);
  });

  test('is corrected by a higher version, and what is left out of it comes back', async () => {
    await record(job(1, consumed('A', 4), consumed('B', 2), produced('K', 2)));
    await record(job(2, consumed('A', 4), produced('K', 1)));
    expect(await levels()).toEqual([6, 10, 1]);
    expect(await lengthOf(store, 'stock-A')).toBe(2);
    await record(job(3));
    expect(await levels()).toEqual([10, 10, 0]);
    expect(await record(job(1, consumed('A', 4)))).toMatchObject({ kind: 'recorded', version: 3 });
    expect(await levels()).toEqual([10, 10, 0]);
  });

  test('that a crash left between its SKUs is finished by the backstop, once', async () => {
    const dying = deskOf({
      ...process.stock,
      execute: (envelope) =>
        envelope.stream === 'stock-A' ? process.stock.execute(envelope) : new Promise<never>(() => undefined),
    });
    void record(job(1, consumed('A', 4), consumed('B', 2), produced('K', 2)), dying);
    await expect.poll(levels).toEqual([6, 10, 0]);
    await backstop();
    await backstop();
    expect(await levels()).toEqual([6, 8, 2]);
    expect(await lengthOf(store, 'stock-A')).toBe(2);
  });

  test('that cannot be is refused whole, and nothing is stored', async () => {
    expect(await record(job(1, consumed('A', 1), produced('A', 1)))).toMatchObject(refused('duplicate_sku'));
    expect(await record(job(1, consumed('A', -1)))).toMatchObject(refused('quantity_out_of_range'));
    expect(await record({ ...job(1, consumed('A', 1)), connection: 'shop' })).toMatchObject(refused('not_author'));
    expect(await record({ ...job(1, consumed('A', 1)), location: 'wh9' })).toMatchObject(refused('unknown_location'));
    const many = Array.from({ length: 201 }, (_, nth) => consumed(`S${nth}`, 1));
    expect(await record(job(1, ...many))).toMatchObject(refused('too_many_lines'));
    expect(await lengthOf(store, 'assembly-wms-job')).toBe(0);
    await record(job(1, consumed('A', 1)));
    expect(await record(job(1, consumed('A', 2)))).toMatchObject(refused('fact_reused'));
    expect(await levels()).toEqual([9, 10, 0]);
  });

  test('in any order of its versions, any of them twice, ends as the newest says', async () => {
    const line = (sku: string) =>
      fc
        .tuple(fc.nat(5), fc.boolean())
        .map(([quantity, makes]) => (makes ? produced(sku, quantity) : consumed(sku, quantity)));
    const lines = fc.tuple(line('A'), line('B'), line('K')).chain((all) => fc.subarray(all));
    const versions = fc
      .array(lines, { minLength: 1, maxLength: 4 })
      .map((all) => all.map((each, at) => job(at + 1, ...each)));
    const arrival = versions.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: 2 * all.length })),
    );
    await fc.assert(
      fc.asyncProperty(arrival, async ([all, arriving]) => {
        store = freshStore();
        process = startProcess(store);
        for (const sku of ['A', 'B', 'K']) await receive(process, sku, 10);
        for (const report of arriving) await record(report, deskOf());
        const newest = all.at(-1)?.lines ?? [];
        const moved = (sku: string) =>
          newest.reduce(
            (sum, each) => sum + (each.sku !== sku ? 0 : each.role === 'produced' ? each.quantity : -each.quantity),
            0,
          );
        expect(await levels()).toEqual(['A', 'B', 'K'].map((sku) => 10 + moved(sku)));
      }),
      { numRuns: 50 },
    );
  });
});
