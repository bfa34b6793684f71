import {
  type ChannelPort,
  checkWrite,
  type RowChange,
  type RowKey,
  type Trouble,
  type WriteAnswer,
} from '#channel-kit';
import { answered, troubled, troubleOfWrite } from '../../marketplace/client/trouble.js';
import type { MarketplaceClient, MarketplaceOrder } from '../../marketplace/index.js';
import { missing, writeBounds } from '../../marketplace/port/write.js';

type FailedRow = WriteAnswer['failed'][number];

const setWhere = (client: MarketplaceClient, { row, quantity, expected }: RowChange, signal: AbortSignal) => {
  const body = { amount: quantity, expectedAmount: expected, managedByRetailer: true };
  return client.send({ method: 'PUT', path: `/retailer/offers/${encodeURIComponent(row)}/stock`, body }, signal);
};

const refusedBy = ({ code, detail }: Trouble, row: RowKey): FailedRow => ({ row, code, detail });

/**
 * Sets each figure where the offer shows what was expected; where it does not, the row has failed as `conflict`. After any
 * other trouble nothing more is sent, and what was not sent is not named.
 *
 * @throws RangeError for more than the largest batch, or a figure that no offer can have
 */
export const writeOf =
  (client: MarketplaceClient): ChannelPort<MarketplaceOrder>['write'] =>
  async (changes, signal) => {
    checkWrite(writeBounds, changes);
    const written: RowKey[] = [];
    const failed: FailedRow[] = [];
    for (const change of changes) {
      const { row } = change;
      const answer = await setWhere(client, change, signal);
      if (answer.kind === 'ok') written.push(row);
      else if (answer.kind === 'not_found') failed.push(missing(row));
      else if (answer.trouble.kind === 'refused') failed.push(refusedBy(answer.trouble, row));
      else if (written.length + failed.length === 0) return troubled(troubleOfWrite(answer));
      else break;
    }
    return answered({ written, failed });
  };
