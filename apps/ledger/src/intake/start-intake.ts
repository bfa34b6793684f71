import type { Clock, Random } from '#event-sourcing';
import {
  MessageRefusedError,
  type MessageConsumer,
  type MessageSender,
  type Offset,
  type PartitionAlarm,
  type PartitionStatus,
  type PositionStore,
} from '#messaging';
import type { AlarmStore } from './alarm-store.js';
import { batchHandler, type BatchParts } from './batch.js';
import type { Person } from './dead-letter-desk.js';
import { deadLetterMessage, type DeadLetter } from './dead-letter.js';
import type { DeadLetterStore } from './dead-letter-store.js';
import { discardedAmong } from './discarded.js';
import { goOnAt, type GoneOn } from './go-on.js';
import type { IntakeLedger } from './judge.js';
import { IntakeInterruptedError } from './take-in.js';
import { deadLetterTopicOf, intakeTopics } from './topics.js';

/** All instances of the ledger share the work as one group. */
export const intakeGroup = 'stock-ledger';

export type IntakeOptions = {
  readonly ledger: IntakeLedger;
  readonly consumer: MessageConsumer;
  readonly sender: MessageSender;
  readonly positions: PositionStore;
  readonly deadLetters: DeadLetterStore;
  readonly alarms: AlarmStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly onSettled?: BatchParts['onSettled'];
  readonly isReadSideBehind?: BatchParts['isReadSideBehind'];
  /** A partition stands still until a person says where to go on. */
  readonly onAlarm: (alarm: PartitionAlarm) => void;
  /** A person has moved a position: who did it and why belongs into a log. */
  readonly onGoingOn: (topic: string, partition: number, next: Offset, person: Person) => void;
  readonly onTrouble: (error: unknown) => void;
};

/** The intake of this process. */
export type Intake = {
  /** Of the partitions that this process follows. */
  readonly status: () => readonly PartitionStatus[];
  /** A person has said where a partition goes on: at this offset. What lies below and was not taken in never will be. */
  readonly goOn: (topic: string, partition: number, next: Offset, person: Person) => Promise<GoneOn>;
  /** Finishes the messages under way; what the ledger cannot decide now comes again at the next start. */
  readonly stop: () => Promise<void>;
};

/**
 * Takes in orders and movements that others send as messages. A position moves when every message below it is in the ledger
 * or parked, so nothing is lost by a crash; what comes twice is recognised by its key and version.
 */
export const startIntake = async (options: IntakeOptions): Promise<Intake> => {
  const { ledger, consumer, positions, clock, random, onSettled, isReadSideBehind, alarms } = options;
  const stopping = new AbortController();
  const parts = { ledger, clock, random, park: parking(options), stopping: stopping.signal };
  const discarded = discardedAmong(options.deadLetters);
  const consuming = await consumer.consume({
    ...{ group: intakeGroup, topics: Object.values(intakeTopics), positions },
    onAlarm: (alarm) => {
      options.onAlarm(alarm);
      alarms.raise(alarm).catch(options.onTrouble);
    },
    handle: batchHandler({
      ...{ ...parts, discarded },
      ...(onSettled && { onSettled }),
      ...(isReadSideBehind && { isReadSideBehind }),
    }),
    onTrouble: (error) => {
      if (!(error instanceof IntakeInterruptedError)) options.onTrouble(error);
    },
  });
  return {
    ...consuming,
    stop: () => {
      stopping.abort();
      return consuming.stop();
    },
    goOn: async (topic, partition, next, person) => {
      const parts = { group: intakeGroup, positions, alarms, status: consuming.status };
      const gone = await goOnAt(parts, topic, partition, next);
      if (gone === 'going_on') options.onGoingOn(topic, partition, next, person);
      return gone;
    },
  };
};

/** Kept first where it can be replayed from, then told to those who listen for dead letters. */
const parking =
  ({ deadLetters, sender, onTrouble }: Pick<IntakeOptions, 'deadLetters' | 'sender' | 'onTrouble'>) =>
  async (letter: DeadLetter): Promise<void> => {
    await deadLetters.park(letter);
    try {
      await sender.send(deadLetterTopicOf(letter.topic), [deadLetterMessage(letter)]);
    } catch (error) {
      // The letter is kept: a topic that does not take it is no reason to stand still.
      if (!(error instanceof MessageRefusedError)) throw error;
      onTrouble(error);
    }
  };
