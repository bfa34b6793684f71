import type { Queries } from '#read-model';
import type { LedgerSide } from '../contracts/index.js';

/** What the ledger says now, computed from its balances when it is asked for. */
export const askingFigures =
  (queries: Pick<Queries, 'availability'>): LedgerSide['figures'] =>
  async (channel, skus) => {
    const found = await queries.availability(channel, skus);
    if (found.kind === 'unknown_channel')
      throw new Error(
        `The ledger knows no channel ${channel}: define it (PUT /v1/channels/${channel}) before it is kept right`,
      );
    return found.answer.rows.map(({ sku, shown, heldByListing = {}, sequence, position }) => ({
      ...{ sku, shown, heldByListing, sequence, position },
    }));
  };
