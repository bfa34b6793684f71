import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seal, genesisHash, positionOf, type RecordedEvent } from '#event-sourcing';
import { createPostgresEventStore, verifyLog } from '#event-store/postgres';
import { createPool } from '#postgres';
import { verifyReadModel } from '#read-model';
import { plainDigest } from '#testing';
import { checkLog } from './checks/check-log.js';
import type { Evidence } from './checks/evidence.js';
import { checkOverHttp } from './checks/over-http.js';
import { readLog, streamsOf } from './checks/read-log.js';
import { onHandOf } from './clients/books.js';
import { runCrashes, shop, type CrashRun } from './run-crashes.js';

const seed = Number(process.env['LEDGER_TEST_SEED'] ?? 1);
const runMillisMax = 600_000;
const nothing = { lost: [], twice: [], gaps: [], chain: [], onHand: [], promises: [], audit: [] };

let run: CrashRun | undefined;
let evidence: Evidence;

beforeAll(async () => {
  const began = performance.now();
  run = await runCrashes(seed);
  const pool = createPool({ url: await run.service.ownerUrl(), applicationName: 'crash-test', max: 1 });
  const log = await readLog(pool);
  await pool.end();
  evidence = { log, books: run.books, channels: [shop] };
  const { codes, faults: _faults, ...counts } = run.tally;
  const seconds = Math.round((performance.now() - began) / 1_000);
  console.log('crash test:', { seed, ...counts, events: log.length, seconds }, run.killed, Object.fromEntries(codes));
}, runMillisMax);
afterAll(() => run?.service.dispose());

const theRun = (): CrashRun => {
  if (run === undefined) throw new Error('the run has failed');
  return run;
};

describe('a ledger whose service and database are killed under load', () => {
  it('has been killed often enough, with enough at work', () => {
    const { killed, tally } = theRun();
    expect(Object.values(killed).reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(20);
    expect(tally.acknowledged).toBeGreaterThan(500);
    expect(tally.refused, 'carts that wanted more than there was').toBeGreaterThan(20);
    expect(tally.resent).toBeGreaterThan(20);
    expect(tally.repeated).toBeGreaterThan(20);
  });

  it('answers no client with a fault', () => {
    expect(theRun().tally.faults).toEqual([]);
  });

  it('loses nothing that was acknowledged, applies nothing twice, leaves no gap', () => {
    expect(checkLog(evidence)).toEqual(nothing);
  });

  it('tells the same over HTTP', async () => {
    const { service, books } = theRun();
    expect(await checkOverHttp(service, streamsOf(evidence.log), onHandOf(books))).toEqual([]);
  });

  it('has a log and a read model that its own verification finds right', async () => {
    const url = await theRun().service.ownerUrl();
    const store = createPostgresEventStore({ url });
    const pool = createPool({ url, applicationName: 'crash-test', max: 2 });
    try {
      expect((await verifyLog({ store, digest: plainDigest })).problems).toEqual([]);
      expect((await verifyReadModel({ pool, store })).broken).toEqual([]);
    } finally {
      await pool.end();
      await store.close();
    }
  });
});

describe('control: the checks find', () => {
  const broken = (change: (log: readonly RecordedEvent[]) => readonly RecordedEvent[]) =>
    checkLog({ ...evidence, log: change(evidence.log) });
  const found = (findings: ReturnType<typeof checkLog>): readonly string[] =>
    Object.entries(findings)
      .filter(([, lines]) => lines.length > 0)
      .map(([name]) => name);
  const aReceipt = (log: readonly RecordedEvent[]): number =>
    log.findLastIndex(
      ({ type, data, stream }, index) =>
        type === 'StockReceived' &&
        (data['parts'] as unknown[]).length > 0 &&
        // What nothing follows leaves no gap behind
        log.findLastIndex((other) => other.stream === stream) > index,
    );

  it('an event that is dropped', () => {
    const dropped = broken((log) => log.toSpliced(aReceipt(log), 1));
    expect(found(dropped)).toEqual(expect.arrayContaining(['lost', 'gaps', 'onHand']));
  });

  it('an event that is dropped with a chain and positions made anew', () => {
    const dropped = broken((log) => sealedAnew(log.toSpliced(aReceipt(log), 1)));
    expect(found(dropped)).toEqual(expect.arrayContaining(['lost', 'onHand']));
    expect(found(dropped)).not.toContain('gaps');
    expect(found(dropped)).not.toContain('chain');
  });

  it('an event that is there twice, its chain and positions made anew', () => {
    const doubled = broken((log) => sealedAnew([...log, ...log.slice(aReceipt(log), aReceipt(log) + 1)]));
    expect(found(doubled)).toEqual(expect.arrayContaining(['twice', 'onHand']));
    expect(found(doubled)).not.toContain('gaps');
    expect(found(doubled)).not.toContain('chain');
  });

  it('a revision that is left out', () => {
    const gap = broken((log) => {
      const { stream, revision } = log[aReceipt(log)] as RecordedEvent;
      return log.map((event) =>
        event.stream === stream && event.revision >= revision ? { ...event, revision: event.revision + 1 } : event,
      );
    });
    expect(found(gap)).toEqual(expect.arrayContaining(['gaps', 'chain']));
  });

  it('an event that was edited', () => {
    const edited = broken((log) =>
      log.with(aReceipt(log), { ...(log[aReceipt(log)] as RecordedEvent), data: { parts: [] } }),
    );
    expect(found(edited)).toEqual(expect.arrayContaining(['chain', 'onHand']));
  });

  it('a cart that holds more than it was told', () => {
    const more = broken((log) => {
      const at = log.findLastIndex(({ type }) => type === 'StockReserved');
      const event = log[at] as RecordedEvent;
      const held = { ...(event.data['held'] as { quantity: number }), quantity: 1_000 };
      return sealedAnew(log.with(at, { ...event, data: { ...event.data, held } }));
    });
    expect(found(more)).toContain('audit');
  });
});

/** The same events with positions, revisions and hashes as a store would give them. */
const sealedAnew = (log: readonly RecordedEvent[]): readonly RecordedEvent[] => {
  const heads = new Map<string, { readonly revision: number; readonly hash: string }>();
  return log.map(({ stream, type, data, schemaVersion, metadata }, index) => {
    const { revision, hash } = heads.get(stream) ?? { revision: -1, hash: genesisHash };
    const place = { stream, revision: revision + 1, previousHash: hash };
    const event = { type, data, occurredAt: metadata.occurredAt };
    const { canonical: _canonical, ...sealed } = seal(plainDigest, place, event, schemaVersion, metadata);
    heads.set(stream, sealed);
    return { ...sealed, position: positionOf(index + 1) };
  });
};
