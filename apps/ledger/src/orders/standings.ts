import type { KeyIndex, Lanes } from '#event-sourcing';
import type { LineTarget } from '#orders';
import { lineKeyOf, type FactRecord, type LineStanding, type OrderLine, type StockState } from '#stock';
import { lineIn } from './line-in.js';

/** How a target of an order stands on its SKU's stream. */
export type TargetStanding = { readonly line: string; readonly sku: string; readonly standing: LineStanding };

type Reading = {
  readonly stock: Pick<Lanes<StockState, never, never>, 'load'>;
  readonly keyIndex: KeyIndex;
  readonly stockStream: (sku: string) => string;
};
type Place = Pick<OrderLine, 'channel' | 'orderKey'>;
type Wanted = { readonly target: LineTarget; readonly order: OrderLine; readonly standing: LineStanding | undefined };

/** Closed lines that the states have forgotten are asked from the index, which knows every line for ever. */
const recalled = async ({ keyIndex, stockStream }: Reading, wanted: readonly Wanted[]): Promise<readonly Wanted[]> => {
  const forgotten = wanted.filter(({ standing }) => standing === undefined);
  if (forgotten.length === 0) return wanted;
  const questions = forgotten.map(({ target, order }) => ({
    stream: stockStream(target.sku),
    commandIds: [],
    factKeys: [lineKeyOf(order)],
  }));
  const answers = await keyIndex.lookup(questions);
  const found = new Map(
    forgotten.map(({ target, order }, index) => [target, answers[index]?.facts.get(lineKeyOf(order))]),
  );
  return wanted.map((one) => {
    // The index keeps what `factsOf` made of the event
    const record = found.get(one.target) as FactRecord | undefined;
    return record?.kind === 'line' ? { ...one, standing: record.line } : one;
  });
};

/** How the targets of an order stand now; one whose SKU has not heard of it yet is left out. */
export const standingsOf = async (
  reading: Reading,
  place: Place,
  targets: readonly LineTarget[],
): Promise<readonly TargetStanding[]> => {
  const skus = [...new Set(targets.map(({ sku }) => sku))];
  const loaded = await reading.stock.load(skus.map(reading.stockStream));
  const states = new Map(skus.map((sku, index) => [sku, loaded[index]?.state]));
  const wanted = targets.map((target): Wanted => {
    const order = { ...place, line: target.line };
    const state = states.get(target.sku);
    return { target, order, standing: state && lineIn(state, order) };
  });
  return (await recalled(reading, wanted)).flatMap(({ target, standing }) =>
    standing ? [{ line: target.line, sku: target.sku, standing }] : [],
  );
};
