import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPostgresEventStore, verifyLog } from '#event-store/postgres';
import { createPool } from '#postgres';
import { verifyReadModel } from '#read-model';
import { plainDigest } from '#testing';
import { checkLog } from '../crash/checks/check-log.js';
import type { Evidence } from '../crash/checks/evidence.js';
import { checkOverHttp } from '../crash/checks/over-http.js';
import { readLog, streamsOf } from '../crash/checks/read-log.js';
import { onHandOf } from '../crash/clients/books.js';
import { shop } from '../crash/run-crashes.js';
import { runKills, type KillRun } from './run-kills.js';

/* Two instances, requests that go to either, and kill -9 of either: together they must be as right as one that never dies. */

const seed = Number(process.env['LEDGER_TEST_SEED'] ?? 1);
const killsCount = 20;
/** Waiting, never asserted: on a machine that does nothing else it takes some two minutes. */
const runMillisMax = 900_000;
const nothing = { lost: [], twice: [], gaps: [], chain: [], onHand: [], promises: [], audit: [] };

let run: KillRun | undefined;
let evidence: Evidence;

beforeAll(async () => {
  const began = performance.now();
  run = await runKills(seed, killsCount, (takeover) => console.log('taken over:', JSON.stringify(takeover)));
  const pool = createPool({ url: run.database.url, applicationName: 'kills-test', max: 1 });
  const log = await readLog(pool);
  await pool.end();
  evidence = { log, books: run.books, channels: [shop] };
  const { codes, faults: _faults, ...counts } = run.tally;
  const seconds = Math.round((performance.now() - began) / 1_000);
  console.log('two instances:', { seed, ...counts, events: log.length, seconds }, Object.fromEntries(codes));
}, runMillisMax);
afterAll(() => run?.dispose(), 60_000);

const theRun = (): KillRun => {
  if (run === undefined) throw new Error('the run has failed');
  return run;
};

describe('two instances of which either is killed under load', () => {
  it('go on each time, with enough at work', () => {
    const { takeovers, tally } = theRun();
    expect(takeovers).toHaveLength(killsCount);
    expect(tally.acknowledged).toBeGreaterThan(500);
    expect(tally.repeated).toBeGreaterThan(20);
    expect(tally.resent).toBeGreaterThan(5);
  });

  it('answer no client with a fault', () => {
    expect(theRun().tally.faults).toEqual([]);
  });

  it('lose nothing that was acknowledged, apply nothing twice, and hold what each cart was told', () => {
    expect(checkLog(evidence)).toEqual(nothing);
  });

  it('tell the same over HTTP, either of them', async () => {
    const { instances, books } = theRun();
    const key = instances[0].key;
    for (const instance of instances)
      expect(await checkOverHttp({ ...instance, key }, streamsOf(evidence.log), onHandOf(books))).toEqual([]);
  });

  it('leave a log and a read model that their own verification finds right', async () => {
    const { url } = theRun().database;
    const store = createPostgresEventStore({ url });
    const pool = createPool({ url, applicationName: 'kills-test', max: 2 });
    try {
      expect((await verifyLog({ store, digest: plainDigest })).problems).toEqual([]);
      expect((await verifyReadModel({ pool, store })).broken).toEqual([]);
    } finally {
      await pool.end();
      await store.close();
    }
  });
});

it('control: a cart that holds what nobody was told is found', () => {
  const [sku = ''] = shop.skus;
  const told = { key: 'told-to-nobody', lasting: true, lines: new Map([[sku, 1_000]]) };
  const books = evidence.books.map((one) => ({ ...one, carts: new Map([...one.carts, [told.key, told]]) }));
  expect(checkLog({ ...evidence, books }).promises).not.toEqual([]);
});
