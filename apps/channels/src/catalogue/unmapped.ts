import type { RowKey } from '#channel-kit';
import type { Alert } from '../contracts/index.js';
import { mappedRows } from '../store/index.js';
import type { ChannelWork } from '../worker/deps.js';

const code = 'unmapped_sold';

/** Somebody has to say what a row sells that was sold already. */
const unmappedSold = (channel: string, row: RowKey): Alert => ({
  ...{ channel, code, subject: row, level: 'ticket' },
  detail: `The shop sells row ${row}, and nobody has said which SKU that is. Its order lines wait.`,
  verb: `channel map ${channel}`,
});

/** A ticket for each of these rows that nobody has mapped; what is mapped and left alone, as what is gone, is none. */
export const raiseUnmapped = async (work: ChannelWork, rows: readonly RowKey[]): Promise<void> => {
  const { channel } = work.channel;
  const mapped = new Set(await mappedRows(work.pool, channel, rows));
  const unmapped = rows.filter((row) => !mapped.has(row));
  for (const row of unmapped) await work.alerts.raise(unmappedSold(channel, row));
  // Somebody may have mapped them meanwhile, and found no ticket to end.
  await settleOf(work, unmapped);
};

/** The tickets of rows that are mapped by now end: the ledger lets the lines in that wait. */
export const settleMapped = async (work: ChannelWork): Promise<void> => {
  const { channel } = work.channel;
  let after: RowKey | undefined = '';
  while (after !== undefined) {
    const rows: readonly RowKey[] = await work.alerts.subjects(channel, code, after);
    await settleOf(work, rows);
    after = rows.at(-1);
  }
};

const settleOf = async (
  { pool, alerts, channel: { channel } }: ChannelWork,
  rows: readonly RowKey[],
): Promise<void> => {
  for (const row of await mappedRows(pool, channel, rows)) await alerts.settle(channel, code, row);
};
