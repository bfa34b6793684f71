import { positionOf } from '#event-sourcing';
import type { AnnouncedPair, LedgerSide, OrderMessage, SkuFigures } from '../src/contracts/index.js';

/** A ledger that says what the test says: for what a worker does with it, not for what a ledger does. */
export type ScriptedLedger = LedgerSide & {
  readonly told: readonly OrderMessage[];
  /** From now on this is what it says of a SKU; whoever follows hears of it. */
  readonly say: (
    channel: string,
    sku: string,
    shown: number,
    heldByListing?: Readonly<Record<string, number>>,
  ) => Promise<void>;
  /** Whether orders are included as soon as they are told. */
  readonly includes: (isSo: boolean) => void;
};

export const createScriptedLedger = (): ScriptedLedger => {
  const told: OrderMessage[] = [];
  const figures = new Map<string, SkuFigures>();
  const followers = new Set<(pairs: readonly AnnouncedPair[]) => Promise<void>>();
  let sequence = 0;
  let includesAll = true;
  return {
    told,
    say: async (channel, sku, shown, heldByListing = {}) => {
      sequence += 1;
      figures.set(`${channel}:${sku}`, { sku, shown, heldByListing, sequence, position: positionOf(sequence) });
      for (const hear of followers) await hear([{ channel, sku, sequence, shown, heldByListing }]);
    },
    includes: (isSo) => {
      includesAll = isSo;
    },
    tell: (orders) => Promise.resolve(void told.push(...orders)),
    included: (orders) => Promise.resolve({ included: includesAll ? orders : [], refused: [] }),
    figures: (channel, skus) => Promise.resolve(skus.flatMap((sku) => figures.get(`${channel}:${sku}`) ?? [])),
    follow: async (hear) => {
      followers.add(hear);
      await hear(
        [...figures].map(([pair, { position: _position, ...said }]) => ({
          channel: pair.split(':')[0] ?? '',
          ...said,
        })),
      );
      return {
        stop: () => {
          followers.delete(hear);
          return Promise.resolve();
        },
      };
    },
  };
};
