import { computes, type Trouble } from '#channel-kit';
import { syncListings } from '../catalogue/sync-listings.js';
import type { Pool } from '#postgres';
import type { JobAnswer, OrderScope, RowScope, WorkerStatus, Wish, Workers } from '../contracts/index.js';
import { noteOrder } from '../intake/note-order.js';
import { readOrders } from '../intake/read-orders.js';
import { createRowHints } from '../intake/row-hints.js';
import { callRows, countRows, findFeed, findOrders, ordersSince, standingOf, vanishedOrders } from '../store/index.js';
import { createJobs, type Jobs, type Progress } from './jobs.js';
import type { RunningChannel } from './run-channel.js';
import type { SuperviseOptions, Supervised } from './supervise.js';

/** How often a job looks how far it has come. */
const lookMillis = 200;
/** Orders of a preview, and of one piece of a job. */
const ordersMax = 1_000;
const pieceOrders = 200;

const notRunning: JobAnswer = {
  kind: 'refused',
  code: 'not_running',
  detail: 'No worker runs for this channel here: it is off, or another process runs the channels.',
};
const notComputing: JobAnswer = {
  kind: 'refused',
  code: 'not_computing',
  detail: 'The channel only takes orders in on this rung: nothing is compared. Let it climb to shadow first.',
};
const troubledBy = ({ code, detail }: Trouble): JobAnswer => ({
  kind: 'refused',
  code: 'shop_troubled',
  detail: `The shop does not answer (${code}): ${detail}`,
});

class ShopTroubledError extends Error {
  constructor({ code, detail }: Trouble) {
    super(`The shop does not answer (${code}): ${detail}`);
  }
}

const skusOf = (scope: RowScope): readonly string[] | undefined => (scope.kind === 'all' ? undefined : scope.skus);

type Asked = Pick<SuperviseOptions, 'pool' | 'now' | 'sleep'> & {
  readonly supervised: Supervised;
  readonly jobs: Jobs;
};

const computing = ({ supervised }: Asked, channel: string): RunningChannel | JobAnswer => {
  const run = supervised.find(channel);
  if (run === undefined) return notRunning;
  return computes(run.work.channel.ladder) ? run : notComputing;
};

/** Until all that were called have been read. */
const readAll = async (
  { pool, now, sleep }: Asked,
  run: RunningChannel,
  skus: readonly string[] | undefined,
  tell: Progress,
): Promise<void> => {
  const { channel } = run.work.channel;
  const by = now();
  const total = await countRows(pool, channel, undefined, skus);
  await callRows(pool, channel, skus, by);
  run.wake();
  for (;;) {
    const left = await countRows(pool, channel, by, skus);
    tell({ done: total - left, total });
    if (left === 0) return;
    if (run.work.signal.aborted) throw new Error('The worker has ended: what is left is read when it runs again');
    await sleep(lookMillis, run.work.signal);
  }
};

const resync = async (asked: Asked, channel: string, scope: RowScope, wish: Wish): Promise<JobAnswer> => {
  const run = computing(asked, channel);
  if ('kind' in run) return run;
  const skus = skusOf(scope);
  if (wish.dryRun) return { kind: 'preview', counts: { rows: await countRows(asked.pool, channel, undefined, skus) } };
  return asked.jobs.start(channel, 'resync', wish, (tell) => readAll(asked, run, skus, tell));
};

const reconcile = async (asked: Asked, channel: string, wish: Wish): Promise<JobAnswer> => {
  const run = computing(asked, channel);
  if ('kind' in run) return run;
  if (wish.dryRun)
    return { kind: 'preview', counts: { rows: await countRows(asked.pool, channel, undefined, undefined) } };
  return asked.jobs.start(channel, 'reconcile', wish, async (tell) => {
    const synced = await syncListings(run.work);
    if (synced.kind === 'trouble') throw new ShopTroubledError(synced.trouble);
    tell({ done: 0, counts: { listings: synced.listings, vanished: synced.gone.length } });
    await readAll(asked, run, undefined, tell);
  });
};

const idsOf = async (pool: Pool, channel: string, scope: OrderScope): Promise<readonly string[]> => {
  if (scope.kind === 'listed') return scope.orders;
  const ids: string[] = [];
  for (;;) {
    const page = await ordersSince(pool, channel, scope.at, ids.at(-1) ?? '', ordersMax);
    if (page.length === 0) return ids;
    ids.push(...page);
  }
};

const reread = async (
  { supervised, pool, jobs }: Asked,
  channel: string,
  scope: OrderScope,
  wish: Wish,
): Promise<JobAnswer> => {
  const run = supervised.find(channel);
  if (run === undefined) return notRunning;
  const ids = await idsOf(pool, channel, scope);
  if (wish.dryRun) return previewOf(run, ids);
  return jobs.start(channel, 'reread', wish, async (tell) => {
    for (let begin = 0; begin < ids.length; begin += pieceOrders) {
      await run.readNow(ids.slice(begin, begin + pieceOrders));
      tell({ done: Math.min(ids.length, begin + pieceOrders), total: ids.length });
    }
  });
};

const status = async ({ supervised, pool, now }: Asked, channel: string): Promise<WorkerStatus> => {
  const run = supervised.find(channel);
  const standing = run?.standing();
  return {
    isRunning: run !== undefined,
    ...{ feedFreshAt: standing?.feedWholeAt, hintedAt: standing?.hintedAt },
    trouble: standing?.trouble && { code: standing.trouble.code, detail: standing.trouble.detail },
    ...(await standingOf(pool, channel, now())),
  };
};

/** The workers, as people and shops speak to them. `ended` resolves when none of their jobs runs any more. */
export const createWorkers = (
  options: SuperviseOptions,
  supervised: Supervised,
): Workers & { readonly ended: () => Promise<void> } => {
  const asked: Asked = { ...options, supervised, jobs: createJobs(options.now) };
  const rowHints = createRowHints(options.onTrouble);
  return {
    hint: (channel, orders) => supervised.find(channel)?.hint(orders),
    hintRows: (channel, rows) => {
      const run = supervised.find(channel);
      if (run !== undefined) rowHints.take(run, rows);
    },
    changed: supervised.changed,
    resync: (channel, scope, wish) => resync(asked, channel, scope, wish),
    reconcile: (channel, wish) => reconcile(asked, channel, wish),
    reread: (channel, scope, wish) => reread(asked, channel, scope, wish),
    job: (channel, job) => Promise.resolve(asked.jobs.find(channel, job)),
    status: (channel) => status(asked, channel),
    vanished: (channel, after, limit) => vanishedOrders(options.pool, channel, after, limit),
    ended: async () => {
      await Promise.all([asked.jobs.ended(), rowHints.ended()]);
    },
  };
};

/** What would be told anew: the orders are read, and nothing is kept. */
const previewOf = async ({ work }: RunningChannel, ids: readonly string[]): Promise<JobAnswer> => {
  const { channel, connection } = work.channel;
  const some = ids.slice(0, ordersMax);
  const orders = await readOrders(work, some);
  const [failed] = orders.failed;
  if (failed) return troubledBy(failed.trouble);
  const known = await findOrders(work.pool, channel, some);
  const feed = await findFeed(work.pool, channel);
  const noted = orders.read.map((read) =>
    noteOrder(work.port, read, {
      ...{ channel, connection, before: known.get(read.id), digest: work.digest },
      reviewAfter: () => undefined,
      ...{ feedWholeAt: feed?.wholeAt ?? 0, feedBeganAt: feed?.beganAt ?? 0 },
    }),
  );
  const changes = noted.filter(({ message }) => message !== undefined).length;
  const vanished = orders.gone.filter((id) => known.has(id)).length;
  return { kind: 'preview', counts: { orders: ids.length, read: some.length, changes, vanished } };
};
