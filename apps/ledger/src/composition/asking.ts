import type { Clock, Lanes } from '#event-sourcing';
import type { StockCommand, StockRefusal, StockState } from '#stock';
import { envelopeOf } from '../caller.js';
import { callerFrom } from './asker.js';
import type { Ledger } from './ledger.js';
import { stockStream } from './report-facts.js';

type Parts = { readonly clock: Clock; readonly stock: Lanes<StockState, StockCommand, StockRefusal> };

/** Requests on their way to a SKU: the asker's id guards them, and without one each is decided when it comes. */
export const asking =
  ({ clock, stock }: Parts): Ledger['ask'] =>
  (asker, sku, command) =>
    stock.execute(
      envelopeOf<StockCommand>(callerFrom(asker, clock), { stream: stockStream(sku), command, guard: 'id' }),
    );
