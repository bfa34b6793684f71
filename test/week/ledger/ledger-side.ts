import type { Ledger } from '#apps/ledger';
import type { AnnouncedPair, LedgerSide, OrderMessage, OrderVersion, SkuFigures } from '#apps/channels';
import type { OrderSnapshot } from '#channel-kit';
import { instantOf, millisOf } from '#event-sourcing';
import type { Draw } from '../../simulation/steps.js';
import { nameOf, type Seller } from '../company/places.js';
import type { Gauge } from '../gauge.js';
import type { Stage } from '../stage.js';
import { figuresOf, type Figures } from './figures.js';
import { operator } from './open-ledger.js';

type Snapshot = Parameters<Ledger['orders']['record']>[2];
type Hear = Parameters<LedgerSide['follow']>[0];

/** Messages are under way for so long at most, in any order, and some of them twice. */
const underwayMillisMax = 1_500;
const twiceShareUsual = 0.3;
/** Changes of one moment are announced together. */
const announceMillis = 20;

const asInstant = (text: string): string => instantOf(millisOf(text));

const snapshotOf = (version: number, { lines, placedAt, changedAt = placedAt, ...rest }: OrderSnapshot): Snapshot => ({
  ...{ version, placedAt: asInstant(placedAt), changedAt: asInstant(changedAt), payment: rest.payment },
  ...(rest.cart !== undefined && { cart: rest.cart }),
  lines: lines.map(({ ids, cancelled = 0, ...line }) => ({ ...line, cancelled, product: { ids } })),
});

const keyOf = ({ channel, orderKey }: Pick<OrderVersion, 'channel' | 'orderKey'>): string => `${channel}/${orderKey}`;

/** The ledger as workers see it, and what makes it announce. */
export type WeekLedger = LedgerSide & {
  /** Something has changed of the SKU: its figures are looked at, and announced where they differ. */
  readonly touched: (sku: string) => void;
  /** Deliveries and announcements that have not ended. */
  readonly figuresNow: (channel: string, skus: readonly string[]) => Promise<readonly Figures[]>;
};

type Parts = {
  readonly stage: Stage;
  readonly ledger: Ledger;
  readonly places: readonly Seller[];
  readonly draw: Draw;
  readonly gauge: Gauge;
  /** From 0 to 1. */
  readonly twiceShare?: number;
};

/** Tells of each pair whose figures differ from those told last. */
const announcing = ({ stage, ledger, places }: Parts) => {
  const told = new Map<string, string>();
  const sequences = new Map<string, number>();
  const listeners = new Set<Hear>();
  const unheard = new Map<string, AnnouncedPair>();
  const waiting = new Set<string>();
  const pairOf = (channel: string, sku: string): string => `${channel}/${sku}`;
  const newsOf = async (channel: string, skus: readonly string[]): Promise<readonly AnnouncedPair[]> =>
    (await figuresOf(ledger, channel, skus)).flatMap(({ sku, ...figures }) => {
      const pair = pairOf(channel, sku);
      const says = JSON.stringify(figures);
      if (told.get(pair) === says) return [];
      told.set(pair, says);
      sequences.set(pair, (sequences.get(pair) ?? 0) + 1);
      return [{ channel, sku, ...figures, sequence: sequences.get(pair) ?? 0 }];
    });
  /** What nobody hears, or hears to its end, is told again. */
  const tellAll = async (): Promise<void> => {
    for (const hear of listeners) {
      const pairs = [...unheard.values()];
      if (pairs.length > 0) await hear(pairs);
      if (!listeners.has(hear)) continue;
      for (const pair of pairs)
        if (unheard.get(pairOf(pair.channel, pair.sku)) === pair) unheard.delete(pairOf(pair.channel, pair.sku));
    }
  };
  const announce = async (): Promise<void> => {
    await stage.rest(announceMillis);
    const skus = [...waiting];
    waiting.clear();
    for (const { channel } of places) {
      for (const pair of await newsOf(channel, skus)) unheard.set(pairOf(channel, pair.sku), pair);
    }
    await tellAll();
  };
  return {
    listen: (hear: Hear): (() => void) => {
      listeners.add(hear);
      stage.play('what was not heard', tellAll);
      return () => void listeners.delete(hear);
    },
    sequenceOf: (channel: string, sku: string): number => sequences.get(pairOf(channel, sku)) ?? 0,
    touched: (sku: string): void => {
      if (waiting.size === 0) stage.play('an announcement', announce);
      waiting.add(sku);
    },
  };
};

/** Brings orders to the ledger: late, in any order, twice. */
const delivering = (
  { stage, ledger, places, draw, twiceShare = twiceShareUsual }: Parts,
  touched: (sku: string) => void,
) => {
  const included = new Map<string, number>();
  const ordered = new Map<string, Set<string>>();
  /** Of all its versions: a line that is another product's now has given up the units of the one before. */
  const skusOf = (message: OrderMessage): ReadonlySet<string> => {
    const place = places.find((one) => one.channel === message.channel);
    const skus = ordered.get(keyOf(message)) ?? new Set<string>();
    for (const { ids } of message.snapshot.lines) {
      const sku = place?.byName.get(nameOf(ids))?.sku;
      if (sku !== undefined) skus.add(sku);
    }
    ordered.set(keyOf(message), skus);
    return skus;
  };
  const deliver = async (message: OrderMessage): Promise<void> => {
    await stage.rest(1 + draw.below(underwayMillisMax));
    const { channel, connection, orderKey, version } = message;
    const asker = { ...operator, connection };
    const answer = await ledger.orders.record(asker, { channel, orderKey }, snapshotOf(version, message.snapshot));
    if (answer.kind === 'failed') throw new Error(`Order ${orderKey} of ${channel}: ${JSON.stringify(answer.failure)}`);
    included.set(keyOf(message), Math.max(version, included.get(keyOf(message)) ?? 0));
    for (const sku of skusOf(message)) touched(sku);
  };
  return {
    isIncluded: (order: OrderVersion): boolean => (included.get(keyOf(order)) ?? 0) >= order.version,
    tell: (orders: readonly OrderMessage[]): void => {
      for (const order of orders)
        for (const message of draw.chance(twiceShare) ? [order, order] : [order])
          stage.play(`order ${order.orderKey}`, () => deliver(message));
    },
  };
};

export const createWeekLedger = (parts: Parts): WeekLedger => {
  const { ledger, gauge } = parts;
  const announcer = announcing(parts);
  const deliveries = delivering(parts, announcer.touched);
  const withSequence =
    (channel: string) =>
    (figures: Figures): SkuFigures => ({
      ...figures,
      ...{ sequence: announcer.sequenceOf(channel, figures.sku), position: '' },
    });
  return {
    touched: announcer.touched,
    figuresNow: (channel, skus) => figuresOf(ledger, channel, skus),
    tell: (orders) => Promise.resolve(deliveries.tell(orders)),
    included: (orders) => Promise.resolve({ included: orders.filter(deliveries.isIncluded), refused: [] }),
    figures: async (channel, skus) =>
      (await gauge.during('figures', () => figuresOf(ledger, channel, skus))).map(withSequence(channel)),
    follow: (hear) => {
      const stop = announcer.listen(hear);
      return Promise.resolve({ stop: () => Promise.resolve(stop()) });
    },
  };
};
