import type { PartitionPosition, PositionStore } from '#messaging';

/** Positions of groups in a Map. */
export const createMemoryPositions = (): PositionStore => {
  const positions = new Map<string, Map<number, PartitionPosition>>();
  const of = (group: string, topic: string): Map<number, PartitionPosition> => {
    const name = JSON.stringify([group, topic]);
    const found = positions.get(name) ?? new Map<number, PartitionPosition>();
    positions.set(name, found);
    return found;
  };
  return {
    load: (group, topic) => Promise.resolve(new Map(of(group, topic))),
    advance: (group, topic, partition, to) => {
      const stored = of(group, topic).get(partition);
      const position = stored === undefined || to.next > stored.next ? to : stored;
      of(group, topic).set(partition, position);
      return Promise.resolve(position);
    },
    reset: (group, topic, partition, to) => {
      of(group, topic).set(partition, to);
      return Promise.resolve();
    },
  };
};
