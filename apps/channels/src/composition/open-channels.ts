import { millisOf, type Clock, type Position } from '#event-sourcing';
import { createRateLimit, type Logger } from '#platform';
import type { Pool } from '#postgres';
import type { Queries } from '#read-model';
import { listingName } from '../catalogue/sync-listings.js';
import { openConnections, type ConnectorKinds } from '../connections/index.js';
import type { LedgerSide } from '../contracts/index.js';
import { createHintDesk, hintsPerSecondMax } from '../http/hints/hint-desk.js';
import type { RecordsHttpParts } from '../http/records/records-http.module.js';
import { createKnownChannels } from '../http/shared/known-channels.js';
import type { ChannelsModuleParts } from '../module.js';
import { adjustInLedger, logSink, startRecords, type Records, type ReportAdjustment } from '../records/index.js';
import { createShops } from '../shops/shops.js';
import { releaseRows, unitsOfRow } from '../store/index.js';
import type { ChannelGuard } from '../worker/guarded-port.js';
import type { WorkDeps } from '../worker/deps.js';
import { startChannels, type Channels } from './start-channels.js';

export type OpenChannelsOptions = {
  readonly pool: Pool;
  /** Of the service's role: who runs the channels has a session of its own. */
  readonly url: string;
  readonly clock: Clock;
  readonly config: Parameters<typeof openConnections>[0]['config'];
  readonly logger: Logger;
  readonly ledger: LedgerSide;
  readonly queries: Pick<Queries, 'listings' | 'channels'>;
  /** The write side's way to take in a fact. */
  readonly report: ReportAdjustment;
  readonly head: () => Promise<Position | undefined>;
  readonly includedUpTo: (position: Position) => Promise<void>;
  readonly digest: (text: string) => string;
  readonly onTrouble: (what: string, error: unknown) => void;
  /** Systems that channels may be of; those of this release when left out. */
  readonly kinds?: ConnectorKinds;
  readonly guard?: Partial<ChannelGuard>;
};

/** Shops, their workers, and what is kept of them. */
export type ChannelSide = {
  readonly channels: Channels;
  readonly records: Records;
  /** What its HTTP stands on. */
  readonly http: ChannelsModuleParts;
  readonly recordsHttp: RecordsHttpParts;
  readonly stop: () => Promise<void>;
};

/** Opens connections and records, and begins to run the channels. @throws SecretsError */
export const openChannels = async (options: OpenChannelsOptions): Promise<ChannelSide> => {
  const { pool, clock, config, logger, kinds, onTrouble } = options;
  const now = (): number => millisOf(clock.now());
  const running: { channels?: Channels } = {};
  const records = startRecords({
    ...{ pool, clock, sink: logSink(logger), ports: portsOf(options, running) },
    onTrouble: (error) => onTrouble('the records of channels', error),
  });
  const { alerts } = records;
  const connections = await openConnections({ pool, config, logger, alerts, ...(kinds && { kinds }) });
  const channels = startChannels({
    ...options,
    ...{ now, sleep: clock.sleep, registry: connections, kinds: [...connections.kinds.values()] },
    ...{ alerts, log: records.syncLog, findings: records.findings },
    ...readingOf(options),
  });
  running.channels = channels;
  const { workers } = channels;
  const shops = createShops(connections, now);
  const rateLimit = createRateLimit(hintsPerSecondMax);
  const hints = createHintDesk({
    ...{ pool, connections, shops, workers, rateLimit, now, elapsedMillis: () => performance.now() },
  });
  const known = createKnownChannels({ ...options, find: (channel) => channelOf(options, channel) });
  return {
    channels,
    records,
    http: { connections, channels: known, shops, workers, alerts, hints },
    recordsHttp: { records, clock },
    stop: async () => {
      await channels.stop();
      await shops.stop();
      await records.stop();
    },
  };
};

const channelOf = async ({ queries }: OpenChannelsOptions, channel: string) =>
  (await queries.channels()).find((one) => one.channel === channel);

const listingsAtOnce = 1_000;
const hourMillis = 3_600_000;

/** What the workers ask of the ledger's policies. */
const readingOf = (options: OpenChannelsOptions): Pick<WorkDeps, 'mappings' | 'reviews'> => ({
  mappings: async (channel, after) => {
    const page = await options.queries.listings(channel, {
      limit: listingsAtOnce,
      ...(after !== undefined && { after }),
    });
    const mappings = page.rows.map(({ sku, unitsPerSale, ...ids }) => ({
      listing: listingName(ids),
      sku,
      unitsPerSale,
    }));
    return { mappings, next: page.next };
  },
  reviews: async (channel) => {
    const { paymentClasses = {} } = (await channelOf(options, channel)) ?? {};
    return (paymentClass = 'pending') => {
      const hours = (paymentClasses[paymentClass] ?? paymentClasses['pending'])?.reviewAfterHours;
      return hours === undefined ? undefined : hours * hourMillis;
    };
  },
});

/** What a resolution does outside the records. */
const portsOf = (
  { pool, clock, report, head, includedUpTo }: OpenChannelsOptions,
  running: { readonly channels?: Channels },
): Parameters<typeof startRecords>[0]['ports'] => ({
  release: async (channel, row) => {
    await releaseRows(pool, channel, [row], millisOf(clock.now()));
    running.channels?.workers.hint(channel, []);
  },
  adjust: adjustInLedger({ report, now: clock.now, head, includedUpTo }),
  rereadOrders: async (channel, from) => {
    const wish = { actor: 'resolution', reason: 'orders were missed', dryRun: false };
    const answer = await running.channels?.workers.reread(channel, { kind: 'since', at: millisOf(from) }, wish);
    if (answer?.kind !== 'started') throw new Error(`The orders of ${channel} cannot be read again now`);
  },
  unitsPerSale: (channel, row) => unitsOfRow(pool, channel, row),
});
