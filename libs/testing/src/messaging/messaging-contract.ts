import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { MessageConsumer, MessageSender, PositionStore } from '#messaging';
import * as alarmChecks from './alarm-checks.js';
import * as consumeChecks from './consume-checks.js';
import * as groupChecks from './group-checks.js';
import * as positionChecks from './position-checks.js';
import type { PositionCheck, PositionScene } from './position-checks.js';
import type { MessagingCheck, MessagingScene, TransportHands } from './scene.js';
import * as sendChecks from './send-checks.js';
import * as valueChecks from './value-checks.js';

/** Every promise of senders and consumers, by name. Plain functions: a control can assert that one fails. */
export const messagingChecks: Readonly<Record<string, MessagingCheck>> = {
  ...sendChecks,
  ...valueChecks,
  ...consumeChecks,
  ...groupChecks,
  ...alarmChecks,
};

/** Every promise of position stores, by name. */
export const positionStoreChecks: Readonly<Record<string, PositionCheck>> = { ...positionChecks };

/** What an adapter brings: instances (of other processes, if it can have them), how to make a topic, how to stop it all. */
export type MessagingUnderTest = TransportHands & {
  readonly senders: readonly MessageSender[];
  readonly consumers: readonly MessageConsumer[];
  readonly positions: readonly PositionStore[];
  /** It must take values of 1 MiB. */
  readonly makeTopic: (topic: string, partitions: number) => Promise<void>;
  readonly valueBytesTooMany: number;
  readonly deliveryMillisMax?: number;
  readonly stop?: () => Promise<void>;
};

const deliveryMillisDefault = 60_000;

/** A place of its own for one check in a transport that may be shared. */
export const messagingSceneOf = (made: MessagingUnderTest): MessagingScene => {
  const newName = namesOf();
  const { write, trim, remake } = made;
  return {
    senders: pairOf(made.senders),
    consumers: pairOf(made.consumers),
    positions: pairOf(made.positions),
    newName,
    makeTopic: async (partitions = 1) => {
      const topic = newName('topic');
      await made.makeTopic(topic, partitions);
      return topic;
    },
    hands: { ...(write && { write }), ...(trim && { trim }), ...(remake && { remake }) },
    valueBytesTooMany: made.valueBytesTooMany,
    deliveryMillisMax: made.deliveryMillisMax ?? deliveryMillisDefault,
  };
};

export const positionSceneOf = (stores: readonly PositionStore[]): PositionScene => ({
  positions: pairOf(stores),
  newName: namesOf(),
});

const namesOf = (): ((what: string) => string) => {
  const scope = randomUUID().slice(0, 8);
  let names = 0;
  return (what) => `contract-${scope}-${what}-${++names}`;
};

const pairOf = <Instance>([one, two]: readonly Instance[]): readonly [Instance, Instance] => {
  if (one === undefined) throw new Error('The contract needs at least one instance of each');
  return [one, two ?? one];
};

/**
 * Runs the whole contract against one adapter, on one transport that is made once: checks do not mind each other's topics,
 * but run one after another.
 */
export const messagingContract = (name: string, make: () => Promise<MessagingUnderTest> | MessagingUnderTest): void => {
  describe(`${name} keeps the contract of messaging`, () => {
    let made: MessagingUnderTest;
    beforeAll(async () => {
      made = await make();
    });
    afterAll(async () => {
      await made.stop?.();
    });
    for (const [title, check] of Object.entries(messagingChecks)) it(title, () => check(messagingSceneOf(made)));
  });
};

export type PositionsUnderTest = { readonly positions: readonly PositionStore[]; readonly stop?: () => Promise<void> };

/** The same for position stores alone. */
export const positionStoreContract = (
  name: string,
  make: () => Promise<PositionsUnderTest> | PositionsUnderTest,
): void => {
  describe(`${name} keeps the contract of position stores`, () => {
    let made: PositionsUnderTest;
    beforeAll(async () => {
      made = await make();
    });
    afterAll(async () => {
      await made.stop?.();
    });
    for (const [title, check] of Object.entries(positionStoreChecks)) {
      it(title, () => check(positionSceneOf(made.positions)));
    }
  });
};
