import { describe, expect, it } from 'vitest';
import type { Document } from '../meaning/documents.js';
import type { LedgerPort, Told } from './ledger-port.js';
import { startPlayer } from './player.js';

const taken: Told = { kind: 'taken' };
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

const order = (invoice: string): Document => ({
  invoice,
  order: {
    channel: 'account',
    orderKey: invoice,
    snapshot: { version: 1, placedAt: '', changedAt: '', payment: 'paid', lines: [] },
  },
  facts: [],
  lines: 1,
  still: 0,
});

const cancellation = (invoice: string): Document => ({
  invoice,
  facts: [
    {
      sku: '10001',
      command: {
        kind: 'return',
        connection: 'retailer',
        location: 'warehouse',
        sourceKey: invoice,
        sourceVersion: 1,
        occurredAt: '',
        quantity: 1,
        disposition: 'sellable',
      },
    },
  ],
  lines: 1,
  still: 0,
});

/** Records each order after a number of turns of the event loop, and writes down in which order SKUs were told. */
const slowLedger = (delayOf: (key: string) => number): LedgerPort & { readonly heard: string[] } => {
  const heard: string[] = [];
  return {
    heard,
    record: async ({ orderKey }, turn) => {
      for (let wait = delayOf(orderKey); wait > 0; wait -= 1) await settle();
      await turn.begins;
      heard.push(orderKey);
      turn.passOn();
      return taken;
    },
    report: ({ command }) => {
      heard.push(command.sourceKey);
      return Promise.resolve(taken);
    },
    sleep: settle,
  };
};

describe('playing documents', () => {
  it('tells SKUs in the order of the file, however long each order takes to be recorded', async () => {
    const ledger = slowLedger((key) => (Number(key) * 7) % 11);
    const player = startPlayer(ledger);
    const keys = Array.from({ length: 200 }, (_, index) => String(index));
    for (const key of keys) await player.play(Number(key) % 5 === 0 ? cancellation(key) : order(key));
    expect(await player.finish()).toMatchObject({ commands: 200, orders: 160, facts: 40, refused: 0 });
    expect(ledger.heard).toEqual(keys);
  });

  it('insists where the ledger was busy, and keeps what it refuses', async () => {
    const answers: Told[] = [
      { kind: 'again', why: 'busy', afterMillis: 1 },
      { kind: 'again', why: 'busy', afterMillis: 1 },
      taken,
      { kind: 'refused', why: 'not_author' },
    ];
    const player = startPlayer({ ...slowLedger(() => 0), report: () => Promise.resolve(answers.shift() ?? taken) });
    await player.play(cancellation('C1'));
    await settle();
    await settle();
    await settle();
    await player.play(cancellation('C2'));
    expect(await player.finish()).toMatchObject({
      commands: 2,
      refused: 1,
      refusals: [{ of: 'C2', why: 'not_author' }],
    });
  });

  it('gives up on a ledger that never answers', async () => {
    const busy = (): Promise<Told> => Promise.resolve({ kind: 'again', why: 'unavailable', afterMillis: 1 });
    const player = startPlayer({ ...slowLedger(() => 0), report: busy });
    await player.play(cancellation('C1'));
    expect((await player.finish()).refusals).toEqual([{ of: 'C1', why: 'unavailable, 200 times in a row' }]);
  });

  it('sends nothing for documents that move nothing', async () => {
    const player = startPlayer(slowLedger(() => 0));
    await player.play({ invoice: '1', facts: [], lines: 2, still: 2 });
    expect(await player.finish()).toMatchObject({ commands: 0, still: 2 });
  });

  it('tells bugs: a control that a failure is not swallowed', async () => {
    const player = startPlayer({ ...slowLedger(() => 0), report: () => Promise.reject(new Error('bug')) });
    await player.play(cancellation('C1'));
    await expect(player.finish()).rejects.toThrow('bug');
  });
});
