import type { Capabilities } from './capabilities.js';
import type { ChannelPort, RowChange, RowKey, WriteAnswer } from './channel-port.js';
import { groupedBy } from './grouped-by.js';
import { type BatchOutcome, sendBatches } from './send-batches.js';
import type { ShopRows } from './shop-rows.js';

type FailedRow = WriteAnswer['failed'][number];

/** Why a row does not have its figure, and what a person does about it. */
export type RowFault = Omit<FailedRow, 'row'>;

/** A figure to set, and its row as it was read a moment ago. */
export type RowWrite<Row> = { readonly row: Row; readonly change: RowChange };

/** How a shop is written to whose figures are set whatever they show. */
export type RowWriter<Row, Group> = {
  readonly rows: ShopRows<Row>;
  /** What a person is told of a row that is not there any more. */
  readonly missing: RowFault;
  /** Why a row that is there cannot be written. */
  readonly unfit?: (row: Row) => RowFault | undefined;
  /** Rows of one group go in one request. */
  readonly groupOf: (write: RowWrite<Row>) => Group;
  readonly send: (group: Group, writes: readonly RowWrite<Row>[], signal: AbortSignal) => Promise<BatchOutcome>;
};

/**
 * Sets rows, whatever they show. They are read first, unless they just were: a row that is gone, or that would take a figure that
 * nobody sees, is not sent at all.
 */
export const setRows = async <Row, Group>(
  writer: RowWriter<Row, Group>,
  changes: readonly RowChange[],
  signal: AbortSignal,
): ReturnType<ChannelPort<never>['write']> => {
  const keys = changes.map(({ row }) => row);
  const shown = await writer.rows.lately(keys, signal);
  if (shown.kind === 'trouble') return shown;
  const failed: FailedRow[] = [];
  const writes: RowWrite<Row>[] = [];
  for (const change of changes) {
    const row = shown.value.get(change.row);
    const fault = row === undefined ? writer.missing : writer.unfit?.(row);
    if (fault !== undefined) failed.push({ row: change.row, ...fault });
    else if (row !== undefined) writes.push({ row, change });
  }
  const batches = [...groupedBy(writes, writer.groupOf)].map(([group, some]) => ({
    keys: some.map(({ change }) => change.row),
    send: () => writer.send(group, some, signal),
  }));
  return sendBatches(batches, failed);
};

export type WriteBounds = Pick<Capabilities, 'rowsMax' | 'quantityMin' | 'quantityMax'>;

/** Whether a row can hold it. Some shops make a number of whatever they are sent. */
export const isQuantity = ({ quantityMin, quantityMax }: WriteBounds, quantity: number): boolean =>
  Number.isSafeInteger(quantity) && quantity >= quantityMin && quantity <= quantityMax;

/** What our own side must not ask for. @throws RangeError for more than the largest batch, or a quantity that no row can hold */
export const checkWrite = (bounds: WriteBounds, changes: readonly RowChange[]): void => {
  if (changes.length > bounds.rowsMax) throw new RangeError(`${bounds.rowsMax} rows at most, not ${changes.length}`);
  const wrong = changes.find(({ quantity }) => !isQuantity(bounds, quantity));
  if (wrong !== undefined) throw new RangeError(`${wrong.row} cannot hold ${String(wrong.quantity)}`);
};

/** What the answer to a write says of one row: undefined, not enough to say that the figure stands. */
export type RowVerdict = 'written' | RowFault | undefined;

/** The answer to a request that says of each row what became of it. A row of which it does not say enough is in neither list. */
export const answerByRow = (verdicts: readonly (readonly [RowKey, RowVerdict])[]): WriteAnswer => ({
  written: verdicts.flatMap(([row, verdict]) => (verdict === 'written' ? [row] : [])),
  failed: verdicts.flatMap(([row, verdict]) =>
    verdict === undefined || verdict === 'written' ? [] : [{ row, ...verdict }],
  ),
});

/** How a shop is written to that sets a figure where its row shows what is expected, as long as it can. */
export type Writing<Row, Group> = {
  readonly bounds: WriteBounds;
  readonly plainly: RowWriter<Row, Group>;
  /** Undefined: the shop cannot, or not any more, and nothing was written. */
  readonly whereExpected: (
    changes: readonly RowChange[],
    signal: AbortSignal,
  ) => Promise<BatchOutcome | undefined> | undefined;
};

/**
 * Sets rows where they show what is expected, else whatever they show. What no row should show cannot be named as expected.
 *
 * @throws RangeError for more than the largest batch, or a quantity that no row can hold.
 */
export const writeBy =
  <Row, Group>({ bounds, plainly, whereExpected }: Writing<Row, Group>): ChannelPort<never>['write'] =>
  async (changes, signal) => {
    checkWrite(bounds, changes);
    const isNamed = changes.every(({ expected }) => isQuantity(bounds, expected));
    const outcome = isNamed ? await whereExpected(changes, signal) : undefined;
    if (outcome === undefined) return setRows(plainly, changes, signal);
    return sendBatches([{ keys: changes.map(({ row }) => row), send: () => Promise.resolve(outcome) }], []);
  };
