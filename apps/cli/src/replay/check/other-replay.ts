import type { RecordedEvent } from '#event-sourcing';
import type { Queries } from '#read-model';
import type { Opening } from '../meaning/opening.js';

/** The data folder holds another file's year, or another part of it: what the two add up to is nobody's stock. */
export class OtherReplayError extends Error {
  override readonly name = 'OtherReplayError';
}

/**
 * Looks at what a folder that is not empty begins each product with, before anything is told to the ledger.
 * @throws OtherReplayError where that is not the opening stock of this file
 */
export const demandSameReplay = async (
  queries: Pick<Queries, 'historyOf'>,
  openings: readonly Opening[],
): Promise<void> => {
  for (const { sku, quantity } of openings) {
    const history = await queries.historyOf(sku, { limit: 1, direction: 'asc' });
    const first = history?.rows[0]?.event;
    if (first === undefined || isReceiptOf(first, quantity)) continue;
    throw new OtherReplayError(
      `The data folder holds another replay: ${sku} begins with something else than its opening stock of ${quantity} here. ` +
        'Replay into an empty folder: --data FOLDER',
    );
  }
};

const isReceiptOf = ({ type, data }: RecordedEvent, quantity: number): boolean => {
  const [part] = (data['parts'] ?? []) as readonly { readonly quantity: number }[];
  return type === 'StockReceived' && part?.quantity === quantity;
};
