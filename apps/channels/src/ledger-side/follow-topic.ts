import type { MessageConsumer, PartitionAlarm, PositionStore } from '#messaging';
import type { LedgerSide } from '../contracts/index.js';
import { newestOf } from './hear.js';
import { readAnnouncement } from './read-announcement.js';

/** Where the ledger tells what it announces. */
export const announcementsTopic = 'stock.availability.v1';
/** All processes with workers share the announcements. */
export const announcementsGroup = 'stock-channels';

export type TopicParts = {
  /** One that takes the topic for the ledger's own compacted one. */
  readonly consumer: MessageConsumer;
  readonly positions: PositionStore;
  /** Something failed and is tried again. */
  readonly onTrouble: (error: unknown) => void;
};

/** Hears what the ledger tells by message, as a member of a group. */
export const followingTopic =
  ({ consumer, positions, onTrouble }: TopicParts): LedgerSide['follow'] =>
  (hear) =>
    consumer.consume({
      ...{ group: announcementsGroup, topics: [announcementsTopic], positions, onTrouble },
      handle: async ({ messages }) => {
        const pairs = messages.map(readAnnouncement).filter((pair) => pair !== undefined);
        if (pairs.length > 0) await hear(newestOf(pairs));
      },
      onAlarm: (alarm) => {
        beginAgain(positions, alarm).catch(onTrouble);
      },
    });

/** The topic keeps the newest of each pair: whoever has missed some reads it from its beginning, and nobody is asked. */
const beginAgain = (positions: PositionStore, { topic, partition, low }: PartitionAlarm): Promise<void> =>
  positions.reset(announcementsGroup, topic, partition, { next: low });
