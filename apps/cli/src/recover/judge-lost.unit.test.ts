import { expect, it } from 'vitest';
import { createMemoryStore } from '#event-store/memory';
import { positionOf, type DomainEvent, type JsonObject, type RecordedEvent, type SealedEvent } from '#event-sourcing';
import { anyMetadata, plainDigest, sealAll } from '#testing';
import { findLost } from './find-lost.js';
import { judgeLost } from './judge-lost.js';

const at = '2026-03-01T09:00:00.000Z';
const fact = (kind: string, sourceKey: string, version = 1): JsonObject => ({
  ...{ connection: 'wms', kind, sourceKey, version, hash: `${sourceKey}${version}` },
});
const receipt = (sourceKey: string, version = 1): DomainEvent => ({
  ...{ type: 'StockReceived', occurredAt: at },
  data: {
    parts: [{ location: 'wh1', from: 'supplier', to: 'sellable', quantity: 5 }],
    fact: fact('receipt', sourceKey, version),
  },
});
const voided: DomainEvent = {
  ...{ type: 'StockReceived', occurredAt: at },
  data: { parts: [], fact: fact('receipt', 'void') },
};
const swept: DomainEvent = { type: 'QuotaFilled', occurredAt: at, data: { parts: [] } };

const recorded = (events: readonly SealedEvent[], actor = 'key-1'): readonly RecordedEvent[] =>
  events.map(({ canonical: _canonical, ...event }) => ({
    ...event,
    position: positionOf(1),
    metadata: { ...event.metadata, actor },
  }));

const [first, ...others] = sealAll(
  'stock-X',
  [receipt('opening'), receipt('a'), receipt('b'), receipt('b', 2), swept, voided],
  undefined,
  { ...anyMetadata(), actor: 'key-1' },
);
const lost = recorded(others);

/** A log that was restored to the first event, and has heard of `b` again since. */
const restored = async () => {
  const store = createMemoryStore();
  await store.append([{ stream: 'stock-X', expectedRevision: -1, events: [first!] }]);
  const events = sealAll('stock-X', [receipt('b')], { revision: 0, hash: first!.hash });
  await store.append([{ stream: 'stock-X', expectedRevision: 0, events }]);
  return store;
};

const statusesOf = async (events: readonly RecordedEvent[], isIntakeBehind = false) =>
  (await judgeLost(events, { store: await restored(), digest: plainDigest, isIntakeBehind })).map(
    ({ status }) => status,
  );

it('says of each lost event who tells it again', async () => {
  expect(await statusesOf(lost)).toEqual(['offered', 'known', 'offered', 'told_again', 'untellable']);
});

it('awaits what came by message while the intake is behind', async () => {
  const byMessage = sealAll(
    'stock-X',
    [receipt('m')],
    { revision: 0, hash: first!.hash },
    { ...anyMetadata(), actor: 'message' },
  );
  expect(await statusesOf(recorded(byMessage, 'message'), true)).toEqual(['awaited']);
  expect(await statusesOf(recorded(byMessage, 'message'))).toEqual(['offered']);
});

it('control: offers nothing that does not continue the chain', async () => {
  const [one, ...rest] = lost;
  const forged = { ...one!, data: { ...one!.data, parts: [] } };
  expect(await statusesOf([forged, ...rest])).toEqual(
    ['unproven', 'known', 'offered', 'told_again', 'untellable'].map(() => 'unproven'),
  );
});

it('finds what the topic has and the log has not, once each', async () => {
  const store = await restored();
  const told = [...recorded([first!]), ...lost, ...lost];
  const reader = {
    bounds: () => Promise.resolve(new Map()),
    read: async ({ onBatch }: Parameters<Parameters<typeof findLost>[0]['reader']['read']>[0]) => {
      const messages = told.map((event, offset) => ({
        ...{ offset, key: undefined, headers: new Map<string, string>() },
        value: Buffer.from(JSON.stringify(event)),
      }));
      await onBatch({ topic: 'stock.events.v1', partition: 0, messages });
    },
  };
  const found = await findLost({ reader, store, since: undefined });
  expect(found.map(({ eventId }) => eventId)).toEqual(lost.map(({ eventId }) => eventId));
  expect(await findLost({ reader, store, since: lost[0]!.metadata.recordedAt })).toEqual([]);
});
