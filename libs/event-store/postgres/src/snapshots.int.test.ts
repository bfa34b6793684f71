import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase } from '#testing/postgres';
import type { Snapshot, SnapshotStore } from '#event-sourcing';
import { createLedger, type Ledger } from '../testing/ledger.js';
import { createPostgresSnapshotStore } from './snapshots.js';

let ledger: Ledger;
let snapshots: SnapshotStore;
beforeAll(async () => {
  ledger = await createLedger(await createDatabase());
  snapshots = createPostgresSnapshotStore(ledger.service);
});
afterAll(() => ledger.drop());

const snapshot = (stream: string, revision = 3): Snapshot => ({
  stream,
  revision,
  hash: 'ab'.repeat(32),
  foldVersion: 2,
  state: { text: '\u0000 "quoted" \u{1f4e6}', list: [1, null, true], revision },
});

describe('snapshots', () => {
  it('come back as they were, in the order asked, undefined where there is none', async () => {
    await snapshots.save([snapshot('stock-b'), snapshot('stock-a', 7)]);
    const loaded = await snapshots.load(['stock-a', 'stock-none', 'stock-b']);
    expect(loaded).toEqual([snapshot('stock-a', 7), undefined, snapshot('stock-b')]);
  });

  it('the last one saved is kept, an older revision too', async () => {
    await snapshots.save([snapshot('stock-c', 9), snapshot('stock-c', 8)]);
    expect(await snapshots.load(['stock-c'])).toEqual([snapshot('stock-c', 8)]);
    await snapshots.save([snapshot('stock-c', 2)]);
    expect(await snapshots.load(['stock-c'])).toEqual([snapshot('stock-c', 2)]);
  });

  it('nothing to save and nothing to load', async () => {
    await snapshots.save([]);
    expect(await snapshots.load([])).toEqual([]);
  });

  it('are saved from many sides at once in any order', async () => {
    const streams = Array.from({ length: 50 }, (_, index) => `stock-many-${index}`);
    const rounds = Array.from({ length: 20 }, (_, round) => (round % 2 ? streams : [...streams].reverse()));
    await Promise.all(rounds.map((names, round) => snapshots.save(names.map((name) => snapshot(name, round)))));
    expect((await snapshots.load(streams)).every((one) => one !== undefined)).toBe(true);
  });
});
