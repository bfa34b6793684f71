import { plus, type Clock, type Lanes, type Outcome } from '#event-sourcing';
import { operator, type StockCommand, type StockRefusal, type StockState } from '#stock';
import { envelopeOf, type Caller } from '../caller.js';
import { inParallel } from '../in-parallel.js';
import type { UnsweptSkus } from './unswept-skus.js';

/** SKUs swept at a time: people's commands wait in the same lanes. */
export const skusAtOnceMax = 4;
/** SKUs asked for at a time. */
export const skusPerPageMax = 500;
/** Sweeps of one SKU in a round, some 900 expired holds each; what is left is there in the next round. */
export const sweepsPerSkuMax = 100;
/** How long one sweep may wait in its lane: the next round tries again. */
const sweepMillisMax = 2_000;

export type SweepParts = {
  readonly unswept: UnsweptSkus;
  readonly stock: Pick<Lanes<StockState, StockCommand, StockRefusal>, 'execute'>;
  readonly stockStream: (sku: string) => string;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly onTrouble?: (what: string, error: unknown) => void;
};

/** A SKU that did not answer as it should. */
export class SweepFailedError extends Error {
  override readonly name = 'SweepFailedError';
  constructor(sku: string, options: ErrorOptions) {
    super(`SKU ${sku} was not swept`, options);
  }
}

/**
 * One round: every SKU in which there may be something to sweep, once, a few at a time. A SKU that fails is told to
 * `onTrouble` and harms no other; a store that is away ends the round. Returns how many SKUs had something to sweep.
 *
 * @throws whatever the reader of unswept SKUs throws; SweepFailedError when the store is away
 */
export const sweepSkus = async (parts: SweepParts, signal: AbortSignal): Promise<number> => {
  const round = parts.newId();
  let swept = 0;
  for (let after = ''; !signal.aborted;) {
    const skus = await parts.unswept(parts.clock.now(), after, skusPerPageMax);
    const results = await inParallel(skus, skusAtOnceMax, (sku) => sweepSku(parts, sku, round, signal));
    swept += results.filter((did) => did).length;
    if (skus.length < skusPerPageMax) break;
    after = skus.at(-1) ?? after;
  }
  return swept;
};

/** Sweeps one SKU until there is nothing left to sweep: a sweep that changes nothing appends nothing. */
const sweepSku = async (parts: SweepParts, sku: string, round: string, signal: AbortSignal): Promise<boolean> => {
  for (let sweeps = 0; sweeps < sweepsPerSkuMax && !signal.aborted; sweeps++) {
    const events = await sendSweep(parts, sku, round);
    if (events === 'failed') return false;
    if (events === 0) return sweeps > 0;
  }
  return true;
};

/**
 * How many events a sweep appended, or that it came to nothing.
 * @throws SweepFailedError when the store is away: all other SKUs would meet the same
 */
const sendSweep = async (parts: SweepParts, sku: string, round: string): Promise<number | 'failed'> => {
  const outcome = await executed(parts, sku, round);
  if (outcome.kind === 'accepted') return outcome.events.length;
  const failure = new SweepFailedError(sku, { cause: outcome });
  if (outcome.kind === 'unavailable' || outcome.kind === 'outcome_unknown') throw failure;
  parts.onTrouble?.('sweeper', failure);
  return 'failed';
};

type Broken = { readonly kind: 'broken'; readonly error: unknown };

const executed = async (
  parts: SweepParts,
  sku: string,
  round: string,
): Promise<Outcome<StockState, StockRefusal> | Broken> => {
  const command = { kind: 'sweep', connection: operator } as const;
  const stream = parts.stockStream(sku);
  const envelope = envelopeOf<StockCommand>(callerOf(parts, round), { stream, command, guard: 'key' });
  try {
    return await parts.stock.execute(envelope);
  } catch (error) {
    return { kind: 'broken', error };
  }
};

const callerOf = ({ clock, newId }: SweepParts, round: string): Caller => ({
  commandId: newId(),
  source: { connection: operator },
  actor: 'sweeper',
  correlationId: round,
  deadline: plus(clock.now(), sweepMillisMax),
});
