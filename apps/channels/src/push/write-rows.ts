import type { Answer, Capabilities, RowChange, RowWrite, Trouble, WriteAnswer } from '#channel-kit';
import type { SyncEntry } from '../contracts/index.js';
import { saveRows, type SavedRow } from '../store/index.js';
import type { ChannelWork } from '../worker/deps.js';
import { answeredOf, intentOf, savedRow, type LookedRow } from './after-look.js';

/** A row and the figure that it gets. */
export type PlannedWrite = { readonly row: LookedRow; readonly value: number };

/** What became of a request. */
export type Written = { readonly rows: number; readonly millis: number; readonly trouble: Trouble | undefined };

/** A row that the shop refuses is tried again after this: somebody may have changed what keeps it from being written. */
const refusedMillis = 300_000;

/** Somebody moved a row between our reading and our write: by then the feed is read again, and may tell who. */
const conflictMillis = 1_000;

/** What became of one row of it. */
type RowOutcome = 'written' | 'conflict' | 'refused' | 'unknown' | 'not_sent';

/**
 * Notes what is to be written, writes it, and notes what became of it. A crash in between leaves writes that may stand.
 * @param mayWrite asked before anything is sent: whether this process is still the one that writes. @throws what it throws
 */
export const writeRows = async (
  work: ChannelWork,
  writes: readonly PlannedWrite[],
  mayWrite: () => Promise<void>,
): Promise<Written> => {
  const { pool, port, now, signal } = work;
  const { channel } = work.channel;
  const { requestMillisMax, comparesAndSets } = port.capabilities;
  const noted = now();
  await saveRows(
    pool,
    channel,
    writes.map(({ row, value }) => savedRow(row.aimed, intentOf(row, value, noted, requestMillisMax))),
  );
  await mayWrite();
  const from = now();
  const answer = await port.write(writes.map(changeOf), signal);
  const to = now();
  const after = writes.map((write) => settle(write, answer, { from, to, requestMillisMax, comparesAndSets }));
  await saveRows(
    pool,
    channel,
    after.map(({ saved }) => saved),
  );
  await work.log.write(after.map((one) => entryOf(channel, one, answer, { from, to })));
  await raiseRefused(work, after, answer);
  return { rows: writes.length, millis: to - from, trouble: answer.kind === 'trouble' ? answer.trouble : undefined };
};

const changeOf = ({ row, value }: PlannedWrite): RowChange => ({
  row: row.aimed.row,
  quantity: value,
  expected: row.reading.value,
});

type Sent = Pick<Capabilities, 'requestMillisMax' | 'comparesAndSets'> & { readonly from: number; readonly to: number };
type Settled = PlannedWrite & { readonly outcome: RowOutcome; readonly saved: SavedRow };

/** Troubles in which the shop has written nothing for certain. */
const nothingWritten: ReadonlySet<Trouble['kind']> = new Set(['unreachable', 'misconfigured', 'busy']);

const outcomeOf = (row: string, answer: Answer<WriteAnswer>, { comparesAndSets }: Sent): RowOutcome => {
  if (answer.kind === 'trouble') return nothingWritten.has(answer.trouble.kind) ? 'not_sent' : 'unknown';
  if (answer.value.written.includes(row)) return 'written';
  const failed = answer.value.failed.find((one) => one.row === row);
  if (failed === undefined) return 'unknown';
  return comparesAndSets && failed.code === 'conflict' ? 'conflict' : 'refused';
};

const settle = (write: PlannedWrite, answer: Answer<WriteAnswer>, sent: Sent): Settled => {
  const { row, value } = write;
  const { from, to, requestMillisMax } = sent;
  const outcome = outcomeOf(row.aimed.row, answer, sent);
  if (outcome !== 'written' && outcome !== 'unknown')
    return { ...write, outcome, saved: unwrittenRow(row, outcome, to) };
  const done: RowWrite =
    outcome === 'written'
      ? { value, span: { from, to }, outcome }
      : { value, span: { from, to: from + requestMillisMax }, outcome };
  return { ...write, outcome, saved: savedRow(row.aimed, answeredOf(row, done, to)) };
};

/** What is tried again when. After a conflict the row is read whatever is believed of it: it shows something else than we know. */
const unwrittenRow = (
  { aimed, look: { record } }: LookedRow,
  outcome: Exclude<RowOutcome, 'written' | 'unknown'>,
  at: number,
): SavedRow => {
  const dueAt = at + { conflict: conflictMillis, refused: refusedMillis, not_sent: 0 }[outcome];
  const saved = savedRow(aimed, record, dueAt);
  return outcome === 'conflict' ? { ...saved, readBy: dueAt } : saved;
};

const raiseRefused = async (
  { alerts, channel: { channel } }: ChannelWork,
  after: readonly Settled[],
  answer: Answer<WriteAnswer>,
): Promise<void> => {
  for (const { row, outcome } of after)
    if (outcome === 'refused')
      await alerts.raise({
        ...{ channel, code: 'row_refused', subject: row.aimed.row, level: 'ticket' },
        detail: `The shop does not take a quantity for row ${row.aimed.row} of SKU ${row.aimed.sku}: ${codeOf(row.aimed.row, answer)}.`,
        verb: `channel audit ${channel}`,
      });
};

const outcomes = {
  written: 'done',
  conflict: 'skipped',
  refused: 'failed',
  unknown: 'unknown',
  not_sent: 'failed',
} as const;

const codeOf = (row: string, answer: Answer<WriteAnswer>): string =>
  answer.kind === 'trouble'
    ? answer.trouble.code
    : (answer.value.failed.find((one) => one.row === row)?.code ?? 'written');

const entryOf = (
  channel: string,
  { row: { aimed, reading }, value, outcome }: Settled,
  answer: Answer<WriteAnswer>,
  { from, to }: Pick<Sent, 'from' | 'to'>,
): SyncEntry => ({
  ...{ channel, direction: 'out', operation: 'write_stock', resource: 'stock', externalId: aimed.row },
  ...{ sourceChange: `${aimed.sequence}`, run: undefined, outcome: outcomes[outcome] },
  ...{ code: outcome === 'unknown' && answer.kind === 'answered' ? 'unanswered' : codeOf(aimed.row, answer) },
  ...{ millis: to - from, at: from, payload: { quantity: value, read: reading.value, target: aimed.target } },
});
