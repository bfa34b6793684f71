import { createHash } from 'node:crypto';
import {
  createLedgerSide,
  followingOutbox,
  followingTopic,
  openChannels,
  type ChannelSide,
  type ConnectorKinds,
  type LedgerSide,
} from '#apps/channels';
import { postgresCheckpoint, postgresParkedOrders } from '#apps/ledger';
import type { Config, Logger } from '#platform';
import type { Base } from './base.js';
import type { Messaging } from './messaging.js';
import type { ReadSide } from './read-side.js';
import { troubleWith } from './trouble.js';
import type { WriteSide } from './write-side.js';

type Sides = {
  readonly write: WriteSide;
  readonly read: ReadSide;
  readonly messaging: Messaging;
  readonly config: Config;
  readonly kinds?: ConnectorKinds;
};

/** The shops and their workers, beside both sides of the ledger. */
export const openChannelSide = (base: Base, sides: Sides, logger: Logger): Promise<ChannelSide> => {
  const { pool, store, clock, serviceUrl } = base;
  const { write, read, config, kinds } = sides;
  const { queries, caughtUpTo } = read.availability;
  return openChannels({
    ...{ pool, url: serviceUrl, clock, config, logger, queries },
    ...(kinds && { kinds }),
    ledger: ledgerSideOf(base, sides, logger),
    report: write.ledger.report,
    head: () => store.head(),
    includedUpTo: (position) => caughtUpTo(position, AbortSignal.timeout(includedMillisMax)),
    digest: (text) => createHash('sha256').update(text).digest('hex'),
    onTrouble: (what, error) => troubleWith(logger, what)(error),
  });
};

/** A resolution that waits longer for the read side is carried on later. */
const includedMillisMax = 10_000;

const ledgerSideOf = (base: Base, sides: Sides, logger: Logger): LedgerSide => {
  const { pool, store } = base;
  const { read, messaging } = sides;
  return createLedgerSide({
    ...{ pool, store, queries: read.availability.queries, sender: messaging.sender },
    ...{ parked: postgresParkedOrders(pool), delivered: postgresCheckpoint(pool, 'order-backstop').load },
    follow: followOf(base, sides, logger),
  });
};

/** By message where there is anybody beside the ledger who hears it, else out of what the announcer has written. */
const followOf = (
  { pool, serviceUrl: url, clock }: Base,
  { read, messaging }: Sides,
  logger: Logger,
): LedgerSide['follow'] => {
  const onTrouble = troubleWith(logger, 'announcements for channels');
  const { queries } = read.availability;
  return messaging.isShared
    ? followingTopic({ ...messaging, onTrouble })
    : followingOutbox({ queries, pool, url, clock, random: Math.random, onTrouble });
};
