import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { EventStore } from '#event-sourcing';
import * as appendChecks from './append-checks.js';
import * as raceChecks from './race-checks.js';
import * as readChecks from './read-checks.js';
import type { Check, Scene } from './scene.js';
import * as subscribeChecks from './subscribe-checks.js';

/** Every promise of the event store port, by name. Plain functions: a control can assert that one fails. */
export const eventStoreChecks: Readonly<Record<string, Check>> = {
  ...appendChecks,
  ...readChecks,
  ...subscribeChecks,
  ...raceChecks,
};

/** What an adapter brings: a store, other instances on the same log if it can have them, and how to stop it all. */
export type StoreUnderTest = {
  readonly store: EventStore;
  readonly peers?: readonly EventStore[];
  readonly stop?: () => Promise<void>;
};

/** A place of its own for one check in a store that may be shared. */
export const sceneOf = ({ store, peers = [] }: StoreUnderTest): Scene => {
  const scope = randomUUID().slice(0, 8);
  return { store, peers: [store, ...peers], stream: (name = 'stream') => `contract-${scope}-${name}` };
};

/**
 * Runs the whole contract against one adapter, in one store that is made once: checks do not mind each other's events,
 * but run one after another.
 */
export const eventStoreContract = (name: string, makeStore: () => Promise<StoreUnderTest> | StoreUnderTest): void => {
  describe(`${name} keeps the contract of the event store`, () => {
    let made: StoreUnderTest;
    beforeAll(async () => {
      made = await makeStore();
    });
    afterAll(async () => {
      await made.stop?.();
    });
    for (const [title, check] of Object.entries(eventStoreChecks)) {
      it(title, () => check(sceneOf(made)));
    }
  });
};
