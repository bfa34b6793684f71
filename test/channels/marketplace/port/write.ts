import {
  type ChannelPort,
  checkWrite,
  type RowChange,
  type RowKey,
  type Trouble,
  type WriteAnswer,
} from '#channel-kit';
import { textOf } from '../client/fields.js';
import type { MarketplaceAnswer } from '../client/answer.js';
import { answered, troubled, troubleOfWrite } from '../client/trouble.js';
import type { PortContext } from './context.js';
import type { MarketplaceOrder } from './order.js';
import { awaitProcesses } from './processes.js';

export const writeBounds = { rowsMax: 20, quantityMin: 0, quantityMax: 999 };

type FailedRow = WriteAnswer['failed'][number];

/** What the marketplace took down, and what it did not. */
type Sent = {
  readonly processes: ReadonlyMap<string, RowKey>;
  readonly failed: readonly FailedRow[];
  /** What ended the sending, where something did. */
  readonly trouble: Trouble | undefined;
};

export const missing = (row: RowKey): FailedRow => ({
  row,
  code: 'row_missing',
  detail: 'The marketplace has no such offer any more.',
});

const setStock = ({ client }: PortContext, { row, quantity }: RowChange, signal: AbortSignal) => {
  const body = { amount: quantity, managedByRetailer: true };
  return client.send({ method: 'PUT', path: `/retailer/offers/${encodeURIComponent(row)}/stock`, body }, signal);
};

/** What the marketplace will not do, now or later: all else is asked again. */
const refusedBy = (
  answer: Extract<MarketplaceAnswer, { kind: 'trouble' }>,
  { row }: RowChange,
): readonly FailedRow[] => {
  const { kind, code, detail } = answer.trouble;
  return kind === 'refused' ? [{ row, code, detail }] : [];
};

/** One figure after another, and none after trouble: the next would meet it too. */
const sendAll = async (context: PortContext, changes: readonly RowChange[], signal: AbortSignal): Promise<Sent> => {
  const processes = new Map<string, RowKey>();
  const failed: FailedRow[] = [];
  for (const change of changes) {
    const answer = await setStock(context, change, signal);
    const process = answer.kind === 'ok' ? textOf(answer.value, 'processStatusId') : undefined;
    if (process !== undefined) processes.set(process, change.row);
    else if (answer.kind === 'not_found') failed.push(missing(change.row));
    else if (answer.kind === 'trouble') {
      return { processes, failed: [...failed, ...refusedBy(answer, change)], trouble: troubleOfWrite(answer) };
    }
  }
  return { processes, failed, trouble: undefined };
};

/**
 * Sets figures and waits until they are shown. A row whose figure was accepted and is not shown yet is not named: it may be
 * shown at any time. Neither is one whose turn did not come: it is read again.
 *
 * @throws RangeError for more than the largest batch, or a figure that no offer can have
 */
export const writeOf =
  (context: PortContext): ChannelPort<MarketplaceOrder>['write'] =>
  async (changes, signal) => {
    checkWrite(writeBounds, changes);
    const { processes, failed, trouble } = await sendAll(context, changes, signal);
    if (processes.size === 0 && trouble !== undefined) return troubled(trouble);
    const ended = await awaitProcesses(context, [...processes.keys()], signal);
    const written = [...processes].flatMap(([process, row]) => (ended.get(process) === 'done' ? [row] : []));
    const refused = [...processes].flatMap(([process, row]) => (ended.get(process) === 'failed' ? [missing(row)] : []));
    return answered({ written, failed: [...failed, ...refused] });
  };
