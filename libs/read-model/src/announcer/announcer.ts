import { setTimeout as wait } from 'node:timers/promises';
import type { Pool } from '#postgres';
import { createBell } from './bell.js';
import type { Bell } from './bell.js';
import { announceRound } from './round.js';
import type { Round } from './round.js';
import { putOverdue, sweepOn } from './sweep.js';

/** SKUs of one round: enough to spread the cost of a transaction, few enough to be done in some tens of milliseconds. */
export const roundSkusMax = 500;

/** Without a wake-up the queue is looked at this often, and so is the clock. */
const pollMillis = 100;

/**
 * After a round that left work behind, the announcer rests for this many times as long as the round took. While events
 * pour in, the same SKUs change again and again: waiting makes one announcement of many and leaves the machine to the
 * appends.
 */
const restFactor = 4;

/** After a round that took all there was: what becomes due meanwhile shares the next transaction and its flush. */
const restMillis = 10;

/** After an error, the next attempt. */
const retryMillis = 1_000;

export type Announcer = {
  /** There is something due: call it after a commit of the fold. */
  readonly wake: () => void;
  /** Rings after every commit that announced something. */
  readonly announced: Bell;
  /** One round, the clock and sweeps included; for tests and for draining before a stop. */
  readonly step: () => Promise<Round>;
  /** Announces until the signal aborts. Errors are told and tried again. */
  readonly run: (signal: AbortSignal) => Promise<void>;
};

export type AnnouncerOptions = { readonly pool: Pool; readonly onError: (error: unknown) => void };

/** The only writer of `announced` and of the outbox. Any number may run: one at a time holds the lock. */
export const createAnnouncer = ({ pool, onError }: AnnouncerOptions): Announcer => {
  const due = createBell();
  const announced = createBell();
  let lookedAt = Number.NEGATIVE_INFINITY;
  const step = async (): Promise<Round> => {
    lookedAt = performance.now();
    await putOverdue(pool);
    const round = await announce();
    if (round.taken < roundSkusMax) await sweepOn(pool);
    return round;
  };
  const announce = async (): Promise<Round> => {
    const round = await announceRound(pool, roundSkusMax);
    if (round.announced > 0) announced.ring();
    return round;
  };
  const announceAndRest = async (signal: AbortSignal): Promise<void> => {
    const rings = due.rings();
    const started = performance.now();
    const { taken } = await (started - lookedAt >= pollMillis ? step() : announce());
    if (taken >= roundSkusMax) await rest((performance.now() - started) * restFactor, signal);
    else if (taken > 0) await rest(restMillis, signal);
    else if (due.rings() === rings) await due.heard(pollMillis, signal);
  };
  return {
    announced,
    wake: due.ring,
    step,
    run: async (signal) => {
      while (!signal.aborted) {
        try {
          await announceAndRest(signal);
        } catch (error) {
          onError(error);
          await rest(retryMillis, signal);
        }
      }
    },
  };
};

const rest = (millis: number, signal: AbortSignal): Promise<void> =>
  wait(millis, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
