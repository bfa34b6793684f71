import { createMemoryPositions } from '#messaging/memory';
import type { PartitionPosition, PositionStore } from '#messaging';

export type BrokenPositions = { readonly make: () => PositionStore; readonly found: string };

const broken = (change: (store: PositionStore) => Partial<PositionStore>): PositionStore => {
  const store = createMemoryPositions();
  return { ...store, ...change(store) };
};

const in32Bits = ({ next, ...position }: PartitionPosition): PartitionPosition => ({ ...position, next: next | 0 });

/** What it does wrong, and the checks that tell. */
export const brokenPositions: Readonly<Record<string, BrokenPositions>> = {
  'moves wherever it is told': {
    make: () =>
      broken((store) => ({
        advance: async (group, topic, partition, to) => {
          await store.reset(group, topic, partition, to);
          return to;
        },
      })),
    found: 'neverMovesBack racersNeverMoveBack',
  },
  'compares first and writes later': {
    make: () =>
      broken((store) => ({
        advance: async (group, topic, partition, to) => {
          const stored = (await store.load(group, topic)).get(partition);
          if (stored !== undefined && stored.next >= to.next) return stored;
          await store.reset(group, topic, partition, to);
          return to;
        },
      })),
    found: 'racersNeverMoveBack',
  },
  'does not go back for an operator': {
    make: () =>
      broken((store) => ({
        reset: async (group, topic, partition, to) => {
          await store.advance(group, topic, partition, to);
        },
      })),
    found: 'resetsAnywhere',
  },
  'forgets the mark': {
    make: () =>
      broken((store) => ({
        advance: (group, topic, partition, { next }) => store.advance(group, topic, partition, { next }),
      })),
    found: 'keepsPositions neverMovesBack',
  },
  'counts in 32 bits': {
    make: () =>
      broken((store) => ({
        advance: (group, topic, partition, to) => store.advance(group, topic, partition, in32Bits(to)),
      })),
    found: 'keepsLargeOffsets',
  },
  'knows groups and no topics': {
    make: () =>
      broken((store) => ({
        load: (group) => store.load(group, 'any'),
        advance: (group, _, partition, to) => store.advance(group, 'any', partition, to),
      })),
    found: 'keepsPositionsApart',
  },
};
