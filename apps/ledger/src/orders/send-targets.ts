import type { Lanes, Outcome, Revision } from '#event-sourcing';
import type { StockCommand, StockRefusal } from '#stock';
import { envelopeOf, type Caller } from '../caller.js';
import { inParallel } from '../in-parallel.js';

/** SKU streams that one order speaks to at a time: half of what one append of the group commit takes. */
export const skusAtOnceMax = 500;

export type StockLanes<State> = Lanes<State, StockCommand, StockRefusal>;
export type SkuOutcome<State> = Outcome<State, StockRefusal>;

export type Sending<State> = {
  readonly stock: StockLanes<State>;
  readonly stockStream: (sku: string) => string;
};

/**
 * Tells one SKU stream its target. The line's version is its guard; the id only says which event of the order (or assembly) it
 * follows from, so that history can be read.
 */
export const sendTarget = <State>(
  { stock, stockStream }: Sending<State>,
  origin: { readonly stream: string; readonly revision: Revision },
  sku: string,
  target: StockCommand,
  caller: Caller,
): Promise<SkuOutcome<State>> =>
  stock.execute(
    envelopeOf<StockCommand>(caller, {
      stream: stockStream(sku),
      command: target,
      commandId: `${origin.stream}@${origin.revision}`,
      guard: 'key',
    }),
  );

/** Tells all SKU streams of an order at once; outcomes by SKU. */
export const sendTargets = async <State>(
  sending: Sending<State>,
  origin: { readonly stream: string; readonly revision: Revision },
  targets: ReadonlyMap<string, StockCommand>,
  caller: Caller,
): Promise<ReadonlyMap<string, SkuOutcome<State>>> => {
  const skus = [...targets.keys()];
  const send = (sku: string): Promise<SkuOutcome<State>> =>
    sendTarget(sending, origin, sku, targets.get(sku) as StockCommand, caller);
  const outcomes = await inParallel(skus, skusAtOnceMax, send);
  return new Map(skus.map((sku, index) => [sku, outcomes[index] as SkuOutcome<State>]));
};
