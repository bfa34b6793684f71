import { createBackoff, type Clock, type Random } from '#event-sourcing';
import { prepared, whileLeading, type Pool } from '#postgres';
import type { Change, Queries } from '#read-model';
import type { AnnouncedPair, LedgerSide } from '../contracts/index.js';
import { newestOf, type Hear } from './hear.js';
import { sql } from './statements.js';

export type OutboxParts = {
  /** Where the announcer is in this process, its bell wakes who waits; else the outbox is looked at twice a second. */
  readonly queries: Pick<Queries, 'changes'>;
  readonly pool: Pool;
  /** Of the service's role: whoever follows has a session of its own, so that one of all processes does. */
  readonly url: string;
  readonly clock: Clock;
  readonly random: Random;
  /** Something failed and is tried again. */
  readonly onTrouble: (error: unknown) => void;
};

/** Under which the position is kept, and by which one process follows. */
const name = 'channels';
/** Announcements heard at a time: what is lost in a crash is heard again. */
const pairsAtOnceMax = 1_000;
/** Without an announcement the follower looks this often whether it should end. */
const waitMillis = 5_000;
const backoffBounds = { backoffMillisMin: 50, backoffMillisMax: 5_000 };

/** Hears what the announcer writes, out of its outbox: where there is no topic that it is told by. */
export const followingOutbox =
  (parts: OutboxParts): LedgerSide['follow'] =>
  (hear) => {
    const { url, clock, onTrouble } = parts;
    const stopping = new AbortController();
    const lead = { url, applicationName: 'channels follow', name: 'channels follow', signal: stopping.signal };
    const ended = whileLeading({ ...lead, sleep: clock.sleep, onTrouble }, (signal) => hearAll(parts, hear, signal));
    return Promise.resolve({
      stop: async () => {
        stopping.abort();
        await ended;
      },
    });
  };

/** From the position on, until the signal aborts. What fails comes again after a rest. */
const hearAll = async (parts: OutboxParts, hear: Hear, signal: AbortSignal): Promise<void> => {
  const backoff = createBackoff(parts.clock, parts.random, backoffBounds);
  while (!signal.aborted) {
    try {
      await hearOn(parts, hear, signal, backoff.succeeded);
    } catch (error) {
      parts.onTrouble(error);
      await backoff.wait(signal);
    }
  }
};

const hearOn = async (
  { pool, queries }: OutboxParts,
  hear: Hear,
  signal: AbortSignal,
  onHeard: () => void,
): Promise<void> => {
  let after = await loadHeard(pool);
  while (!signal.aborted) {
    const changes = await queries.changes({ after, limit: pairsAtOnceMax, waitMillis, signal });
    const last = changes.at(-1);
    if (last === undefined) continue;
    await hear(newestOf(changes.map(pairOf)));
    await pool.query(prepared(sql['save-heard'], [name, last.sequence]));
    after = last.sequence;
    onHeard();
  }
};

const pairOf = ({ channel, sku, sequence, shown, heldByListing = {} }: Change): AnnouncedPair => ({
  ...{ channel, sku, sequence, shown, heldByListing },
});

/** 0: nothing was ever heard. */
const loadHeard = async (pool: Pool): Promise<number> => {
  const { rows } = await pool.query<{ sequence: number }>(prepared(sql['load-heard'], [name]));
  return rows[0]?.sequence ?? 0;
};
