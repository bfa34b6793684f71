import { isBehind, readNewestTold, type NewestTold } from '#apps/availability';
import { openBase, openDatabase, openTopicReader, startSides, type Base } from '#apps/standalone';
import type { TopicReader } from '#messaging';
import { createPostgresPositions } from '#messaging/postgres';
import { createDigest, type Config, type Logger } from '#platform';
import { holdAnnouncements, readHold, recover } from '#read-model';
import { acceptLost, type Accepted } from './accept-lost.js';
import { chosenOf } from './choose.js';
import { IntakeBehindError, NoTopicsError } from './errors.js';
import { findLost } from './find-lost.js';
import { intakeLag, untilTakenIn } from './intake-behind.js';
import { judgeLost } from './judge-lost.js';
import type { LostEvent } from './lost-event.js';
import type { RecoverOptions } from './options.js';

export type RecoverResult =
  | { readonly verb: 'pause' | 'announce' }
  | { readonly verb: 'list'; readonly lost: readonly LostEvent[]; readonly intakeLag: number }
  | { readonly verb: 'accept'; readonly accepted: readonly Accepted[] };

type Parts = { readonly options: RecoverOptions; readonly config: Config; readonly logger: Logger };
type Opened = Parts & { readonly base: Base; readonly reader: TopicReader | undefined; readonly serviceUrl: string };

/**
 * Does what was asked for on the database of this configuration.
 *
 * @throws ConnectionRefusedError, MigrationError, NoTopicsError, IntakeBehindError, UnknownChoiceError
 */
export const runRecover = async (parts: Parts): Promise<RecoverResult> => {
  const { config, logger } = parts;
  const database = await openDatabase(config, logger);
  const { serviceUrl } = database;
  try {
    const base = await openBase(serviceUrl, config, logger);
    const reader = openTopicReader(config, logger);
    try {
      return await verbs[parts.options.verb]({ ...parts, base, reader, serviceUrl });
    } finally {
      await base.close();
    }
  } finally {
    await database.stop();
  }
};

const pause = async ({ base }: Opened): Promise<RecoverResult> => {
  await holdAnnouncements(base.pool);
  return { verb: 'pause' };
};

/** While messages wait that the ledger had taken in once, its numbers are too high: what is held stays held. */
const announce = async ({ base, reader }: Opened): Promise<RecoverResult> => {
  const { pool } = base;
  if (reader === undefined) await recover(pool);
  else {
    const told = await readNewestTold(reader);
    const { heldSince } = await readHold(pool);
    const isHeld = heldSince !== undefined || (await isBehind(base, told));
    const lag = isHeld ? await untilTakenIn(reader, createPostgresPositions(pool), base.clock) : 0;
    if (lag > 0) throw new IntakeBehindError(lag);
    await recover(pool, newestOf(told));
  }
  return { verb: 'announce' };
};

const newestOf = ({ sequence, events }: NewestTold) => {
  const moments = events.map(({ metadata }) => metadata.recordedAt).sort();
  const eventAt = moments.at(-1);
  return { sequence, ...(eventAt !== undefined && { eventAt }) };
};

const list = async (opened: Opened): Promise<RecoverResult & { readonly verb: 'list' }> => {
  const { base, reader, options } = opened;
  if (reader === undefined) throw new NoTopicsError();
  const { store, pool } = base;
  const since = options.since ?? (await readHold(pool)).passedEventAt;
  const lag = await intakeLag(reader, createPostgresPositions(pool));
  const lost = await judgeLost(await findLost({ reader, store, since }), {
    ...{ store, digest: createDigest(), isIntakeBehind: lag > 0 },
  });
  return { verb: 'list', lost, intakeLag: lag };
};

/** The lanes of a ledger of its own decide: beside those of a running one, as two processes do. */
const accept = async (opened: Opened): Promise<RecoverResult> => {
  const { options, config, logger, serviceUrl } = opened;
  const chosen = chosenOf((await list(opened)).lost, options.accept);
  if (options.dryRun)
    return { verb: 'accept', accepted: chosen.map(({ event: { eventId } }) => ({ eventId, outcome: 'would_decide' })) };
  if (chosen.length === 0) return { verb: 'accept', accepted: [] };
  const sides = await startSides(serviceUrl, { ...config, role: 'ledger' }, logger);
  try {
    const stock = sides.write?.ledger.lanes.stock;
    if (stock === undefined) throw new Error('The write side has not started');
    return { verb: 'accept', accepted: await acceptLost(chosen, { clock: sides.clock, stock }) };
  } finally {
    await sides.stop();
  }
};

const verbs = { pause, announce, list, accept } as const satisfies Record<
  RecoverOptions['verb'],
  (opened: Opened) => Promise<RecoverResult>
>;
