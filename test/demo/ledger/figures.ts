import type { DemoLedger } from './start-ledger.js';

/** What the ledger says of a SKU in a channel. */
export type Figure = { readonly atp: number; readonly shown: number };

/** The most that is asked at once. */
const skusMax = 500;

/** Figures of this moment. @throws Error for a channel that the ledger does not know */
export const figuresOf = async (
  { services }: Pick<DemoLedger, 'services'>,
  channel: string,
  skus: readonly string[],
): Promise<ReadonlyMap<string, Figure>> => {
  const figures = new Map<string, Figure>();
  for (let next = 0; next < skus.length; next += skusMax) {
    const found = await services.availability.queries.availability(channel, skus.slice(next, next + skusMax));
    if (found.kind !== 'found') throw new Error(`The ledger knows no channel ${channel}`);
    for (const { sku, atp, shown } of found.answer.rows) figures.set(sku, { atp, shown });
  }
  return figures;
};
