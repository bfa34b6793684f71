import { numberOf, type EventStore } from '#event-sourcing';
import { createEventStoreDbStore } from '#event-store/eventstoredb';
import { createPostgresEventStore } from '#event-store/postgres';
import { createDigest, type Config, type Logger } from '#platform';
import { createPool } from '#postgres';
import { moveToLog, type ProjectionName } from '#read-model';
import { forgetCheckpoints } from '#apps/ledger';
import { openDatabase, streamPrefixes } from '#apps/standalone';
import { copyLog, type Copied } from './copy-log.js';
import { UsageError, type CopyOptions, type EngineName } from './options.js';
import { eventIdAt, samePlaces } from './same-places.js';

export type Progress = {
  readonly begin: (what: string, total: number | undefined) => void;
  readonly reached: (count: number) => void;
  readonly end: () => void;
};

export type Copy = {
  readonly options: CopyOptions;
  readonly config: Config;
  readonly logger: Logger;
  readonly progress: Progress;
};

export type CopyResult = Copied & { readonly rebuilt: readonly ProjectionName[] };

type Engines = { readonly from: EventStore; readonly to: EventStore; readonly serviceUrl: string };

/** Copies the log and, when it was no dry run, prepares the read side to go on with the copy. */
export const runCopy = async (copy: Copy): Promise<CopyResult> => {
  const { options, config, logger } = copy;
  const url = config.eventStoreDbUrl;
  if (url === undefined) throw new UsageError('EVENTSTOREDB_URL is missing: one side of every copy is there');
  const database = await openDatabase(config, logger);
  const { serviceUrl } = database;
  const postgres = createPostgresEventStore({ url: serviceUrl, applicationName: 'copy' });
  const eventstoredb = createEventStoreDbStore({
    ...{ url, prefixes: streamPrefixes, namespace: config.eventStoreDbNamespace },
  });
  const stores: Readonly<Record<EngineName, EventStore>> = { postgres, eventstoredb };
  try {
    return await copyAndMove(copy, { from: stores[options.from], to: stores[options.to], serviceUrl });
  } finally {
    await Promise.all([postgres.close(), eventstoredb.close()]);
    await database.stop();
  }
};

const copyAndMove = async ({ options, progress }: Copy, { from, to, serviceUrl }: Engines): Promise<CopyResult> => {
  const { dryRun } = options;
  // Positions of EventStoreDB are places in its log: how many events there are is known at the end.
  progress.begin('copying', from.capabilities.contiguousPositions ? numberOf(await from.head()) : undefined);
  const copied = await copyLog({ ...{ from, to, dryRun, digest: createDigest() }, onProgress: progress.reached });
  progress.end();
  if (dryRun) return { ...copied, rebuilt: [] };
  progress.begin('read side', undefined);
  const rebuilt = await moveReadSide(serviceUrl, from, to);
  progress.end();
  return { ...copied, rebuilt };
};

const moveReadSide = async (
  serviceUrl: string,
  from: EventStore,
  to: EventStore,
): Promise<readonly ProjectionName[]> => {
  const pool = createPool({ url: serviceUrl, applicationName: 'copy', max: 4 });
  try {
    const { rebuilt } = await moveToLog({
      ...{ pool, store: to },
      placesUpTo: (positions) => samePlaces(from, to, positions),
      eventIdAt: (position) => eventIdAt(to, position),
    });
    await forgetCheckpoints(pool);
    return rebuilt;
  } finally {
    await pool.end();
  }
};
