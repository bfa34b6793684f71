import { randomUUID } from 'node:crypto';
import { plus, type Clock } from '#event-sourcing';
import type { Caller } from '../caller.js';

/** On whose behalf something is asked. The connection is the principal of a key, never something that a body says. */
export type Asker = {
  readonly connection: string;
  /** Opaque: a key's id, never a name. */
  readonly actor: string;
  readonly correlationId: string;
  /** The asker's own id of this command; without one it cannot be recognised when it comes again. */
  readonly idempotencyKey?: string;
};

/** From the request to the decision; a command that waited longer is dropped undecided. */
export const commandMillisMax = 2_000;

/**
 * The same for a run of figures: each of its up to 10,000 SKUs is read before it is judged. Where the log is in EventStoreDB
 * that is a call for each, some thousand a second.
 */
export const runMillisMax = 30_000;

/** The caller that all envelopes of one request share. Its id is connection and key: nobody meets the ids of others. */
export const callerFrom = (asker: Asker, clock: Clock, millisMax = commandMillisMax): Caller => ({
  commandId: asker.idempotencyKey === undefined ? randomUUID() : `${asker.connection}:${asker.idempotencyKey}`,
  source: { connection: asker.connection },
  actor: asker.actor,
  correlationId: asker.correlationId,
  deadline: plus(clock.now(), millisMax),
});
