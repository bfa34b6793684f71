import { expect, it } from 'vitest';
import { createMemoryStore } from '#event-store/memory';
import type { EventStore } from '#event-sourcing';
import { eventStoreChecks, sceneOf } from '#testing';
import { startEventStoreServer } from '../servers/eventstoredb/index.js';
import { adapters } from './adapters/index.js';
import { conform, type Asked } from './conformance.js';
import { checksOf, type Adapter } from './suite.js';

const run = async (asked: Omit<Asked, 'print'>) => {
  const lines: string[] = [];
  const code = await conform({ ...asked, print: (line) => void lines.push(line) });
  return { code, lines, last: lines.at(-1) };
};

it('asks the adapter in memory every promise', async () => {
  const { code, lines, last } = await run({ names: ['memory'], adapters, env: {} });
  expect([code, last]).toEqual([0, `${adapters['memory']!.count} passed, 0 failed, 0 skipped`]);
  expect(lines.slice(0, -1).every((line) => line.startsWith('ok      memory, '))).toBe(true);
});

it('asks whatever stands at EVENTSTOREDB_URL every promise of the event store', async () => {
  const server = await startEventStoreServer();
  try {
    const { code, last } = await run({ names: ['eventstoredb'], adapters, env: { EVENTSTOREDB_URL: server.url } });
    expect([code, last]).toEqual([0, `${Object.keys(eventStoreChecks).length} passed, 0 failed, 0 skipped`]);
  } finally {
    await server.stop();
  }
});

/** A store that keeps events and never gives them back by stream. */
const forgetful = (): EventStore => {
  const store = createMemoryStore();
  return { ...store, read: () => Promise.resolve([[]]) };
};

const broken: Adapter = {
  count: Object.keys(eventStoreChecks).length,
  open: () => {
    const store = forgetful();
    return Promise.resolve({
      checks: checksOf('event store', eventStoreChecks, () => sceneOf({ store })),
      stop: () => Promise.resolve(),
    });
  },
};

it('control: a store that reads nothing back fails, check by check', async () => {
  const { code, lines, last } = await run({ names: ['broken'], adapters: { broken }, env: {} });
  expect(code).toBe(1);
  expect(lines.filter((line) => line.startsWith('FAILED  broken, event store: keepsWhatWasAppended: '))).toHaveLength(
    1,
  );
  expect(last).toMatch(/^\d+ passed, [1-9]\d* failed, 0 skipped$/u);
});

it.each(['postgres', 'eventstoredb', 'kafka'])('says which address %s is missing', async (name) => {
  const { code, lines } = await run({ names: ['memory', name], adapters, env: { [adapters[name]!.variable!]: '' } });
  expect([code, lines]).toEqual([2, [`${name}: ${adapters[name]!.variable} is missing, its address`]]);
});

it('skips what has no address when nothing is named, and counts it', async () => {
  const some = { memory: broken, postgres: adapters['postgres']! };
  const { last } = await run({ names: [], adapters: some, env: {} });
  expect(last).toMatch(new RegExp(`, ${adapters['postgres']!.count} skipped$`, 'u'));
});

it('does not know other names', async () => {
  expect(await run({ names: ['redis'], adapters, env: {} })).toMatchObject({ code: 2, lines: ['redis is no adapter'] });
});
