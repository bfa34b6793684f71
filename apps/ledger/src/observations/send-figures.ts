import { canonicalJson, type Digest, type Outcome } from '#event-sourcing';
import type { RunHeader } from '#observations';
import { factContentOf, type FactCommand, type ObserveStock, type StockCommand, type StockRefusal } from '#stock';
import { envelopeOf, type Caller } from '../caller.js';
import type { StockLanes } from '../orders/index.js';

/** One figure of a run on its way to its SKU. */
export type Figure = { readonly sku: string; readonly quantity: number; readonly released: boolean };

export type FigureSending<State> = {
  readonly stock: StockLanes<State>;
  readonly stockStream: (sku: string) => string;
  readonly digest: Digest;
};

const unhashed = (header: RunHeader, { quantity, released }: Figure): Omit<ObserveStock, 'hash'> => ({
  kind: 'observation',
  connection: header.connection,
  sourceKey: header.run,
  sourceVersion: 1,
  occurredAt: header.asOf,
  location: header.location,
  asOf: header.asOf,
  basis: header.basis,
  observed: quantity,
  ...(released && { released }),
});

/** Tells one SKU a figure. The run and the SKU are its key: told again, nothing changes. */
export const sendFigure = <State>(
  { stock, stockStream, digest }: FigureSending<State>,
  header: RunHeader,
  figure: Figure,
  caller: Caller,
): Promise<Outcome<State, StockRefusal>> => {
  const said = unhashed(header, figure);
  const command: FactCommand = { ...said, hash: digest.of(canonicalJson(factContentOf(said))) };
  return stock.execute(envelopeOf<StockCommand>(caller, { stream: stockStream(figure.sku), command, guard: 'key' }));
};
