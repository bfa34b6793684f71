import type { MessageSender } from '#messaging';
import type { Queries } from '#read-model';
import type { LedgerSide } from '../contracts/index.js';
import { askingFigures } from './figures.js';
import { askingIncluded, type IncludedParts } from './included.js';
import { tellingOrders } from './tell.js';

export type LedgerSideParts = IncludedParts & {
  readonly sender: Pick<MessageSender, 'send'>;
  readonly queries: Pick<Queries, 'availability'>;
  /** `followingOutbox`, or `followingTopic` where there is Kafka. */
  readonly follow: LedgerSide['follow'];
};

/**
 * The ledger as the workers of channels see it, over what a process has that is near its database.
 *
 * @example
 * const side = createLedgerSide({
 *   ...{ pool, store, queries, sender, parked: postgresParkedOrders(pool) },
 *   delivered: postgresCheckpoint(pool, 'order-backstop').load,
 *   follow: followingOutbox({ queries, pool, url, clock, random: Math.random, onTrouble }),
 * });
 */
export const createLedgerSide = (parts: LedgerSideParts): LedgerSide => ({
  tell: tellingOrders(parts.sender),
  included: askingIncluded(parts),
  figures: askingFigures(parts.queries),
  follow: parts.follow,
});
