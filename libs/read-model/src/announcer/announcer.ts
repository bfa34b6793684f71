import { setTimeout as wait } from 'node:timers/promises';
import type { Pool } from '#postgres';
import { createBell } from './bell.js';
import type { Bell } from './bell.js';
import { announceRound } from './round.js';
import type { Round } from './round.js';
import { putOverdue, sweepOn } from './sweep.js';

/**
 * SKUs of one round that events or the clock have made due: enough to spread the cost of a transaction, few enough to be
 * done in some tens of milliseconds.
 */
export const roundSkusMax = 500;

/**
 * SKUs of a sweep that a round takes beside them. A sale that comes meanwhile waits for the round to end. Measured with the
 * bench `sweep` over 60,000 SKUs on a busy machine: when a sweep's SKUs filled up rounds of 500 and sales waited through the
 * rest after them, a sale was announced after 283 ms (p50) and 2.2 s (p99), beside 30 and 149 ms without a sweep. With 200
 * and a rest that only the sweep takes it was 67 ms and 0.5 s, beside 167 ms and 1.0 s without one, and the sweep went on
 * half as fast again: 1,740 pairs a second instead of 1,170.
 */
export const roundSweptMax = 200;

/** Without a wake-up the queue is looked at this often, and so is the clock. */
const pollMillis = 100;

/**
 * After a round that left work behind, the announcer rests for this many times as long as the round took. While events
 * pour in, the same SKUs change again and again: waiting makes one announcement of many and leaves the machine to the
 * appends.
 */
const restFactor = 4;

/** But no longer: on a machine that is busy with other things a round takes long, and what is due would never be done. */
const restMillisMax = 50;

/**
 * After a round with SKUs of a sweep the next ones of it rest for this many times as long as the round took; events do not
 * wait for that.
 */
const sweepRestFactor = 1;

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
  /** Until then no SKU of a sweep is taken. */
  let sweptAgainAt = Number.NEGATIVE_INFINITY;
  const announce = async (sweptMax: number): Promise<Round> => {
    const round = await announceRound(pool, { urgentMax: roundSkusMax, sweptMax });
    if (round.announced > 0) announced.ring();
    if (round.swept > 0 && round.swept < sweptMax) await sweepOn(pool);
    return round;
  };
  const step = async (sweptMax = roundSweptMax): Promise<Round> => {
    lookedAt = performance.now();
    await putOverdue(pool);
    const round = await announce(sweptMax);
    if (sweptMax > 0 && round.swept === 0) await sweepOn(pool);
    return round;
  };
  const announceAndRest = async (signal: AbortSignal): Promise<void> => {
    const rings = due.rings();
    const started = performance.now();
    const sweptMax = started >= sweptAgainAt ? roundSweptMax : 0;
    const { taken, swept } = await (started - lookedAt >= pollMillis ? step(sweptMax) : announce(sweptMax));
    const took = performance.now() - started;
    if (swept > 0) sweptAgainAt = performance.now() + took * sweepRestFactor;
    if (taken - swept >= roundSkusMax) await rest(Math.min(took * restFactor, restMillisMax), signal);
    else if (taken > swept) await rest(restMillis, signal);
    else if (due.rings() === rings) await due.heard(restOfSweep(sweptAgainAt), signal);
  };
  return {
    announced,
    wake: due.ring,
    step: () => step(),
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

/** Until the sweep goes on; without one until the next look. */
const restOfSweep = (sweptAgainAt: number): number => {
  const millis = sweptAgainAt - performance.now();
  return millis > 0 ? Math.min(millis, pollMillis) : pollMillis;
};

const rest = (millis: number, signal: AbortSignal): Promise<void> =>
  wait(millis, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
