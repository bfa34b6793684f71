import type { Instant, RecordedEvent } from '#event-sourcing';
import type { FactCommand, StockEvent, Teller } from '#stock';

/**
 * What becomes of an event that the world was told and the log does not have.
 * - offered: a report that nobody tells again by himself
 * - known: the log has it, or a later version of it, as another event: its source has told it again
 * - awaited: it came by message, and the intake has not come to the end of its topics yet
 * - part: of several events of one report another one tells it whole
 * - told_again: by whom else `teller` says
 * - untellable: a void that does not say of what
 * - unproven: it does not continue the stream's chain: somebody else may have written it, or what was before it is missing
 */
export type LostStatus = 'offered' | 'known' | 'awaited' | 'part' | 'told_again' | 'untellable' | 'unproven';

export type LostEvent = {
  readonly event: RecordedEvent;
  readonly status: LostStatus;
  /** Who says it again, whenever it is proven. */
  readonly teller?: Teller;
  /** The report to decide anew, of those that are offered. */
  readonly command?: FactCommand;
};

/** What is shown of one. */
export type LostView = {
  readonly eventId: string;
  readonly sku: string;
  readonly revision: number;
  readonly type: string;
  /** What it moved: units, from where, to where. */
  readonly moves: readonly string[];
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  /** The connection, and the key or person that has said it. */
  readonly by: string;
  readonly status: LostStatus;
  readonly teller?: Teller;
};

const stockPrefix = 'stock-';

/** An event of the log as one of a SKU's. */
export const asStockEvent = ({ type, data, metadata }: RecordedEvent): StockEvent =>
  ({ type, data, occurredAt: metadata.occurredAt }) as unknown as StockEvent;

export const viewOf = ({ event, status, teller }: LostEvent): LostView => {
  const { eventId, stream, revision, type, metadata } = event;
  const { parts } = asStockEvent(event).data;
  return {
    ...{ eventId, revision, type, status },
    sku: stream.slice(stockPrefix.length),
    moves: parts.map(({ location, from, to, quantity }) => `${quantity} ${from} -> ${to} at ${location}`),
    ...{ occurredAt: metadata.occurredAt, recordedAt: metadata.recordedAt },
    by: `${metadata.source.connection} (${metadata.actor})`,
    ...(teller !== undefined && { teller }),
  };
};

/** One line for a person. */
export const lineOf = (lost: LostEvent): string => {
  const { eventId, sku, revision, type, moves, occurredAt, by, status, teller } = viewOf(lost);
  const why = status === 'told_again' ? `told again by: ${teller ?? ''}` : status;
  return `${eventId}  ${sku} revision ${revision}  ${type}  ${moves.join(', ') || 'moves nothing'}  ${occurredAt}  ${by}  ${why}`;
};
