import { batchesOf, busyRowsMax, isTransient, writes, type Reading, type RowKey, type Trouble } from '#channel-kit';
import type { Finding, SyncEntry } from '../contracts/index.js';
import { barRows, dueLooks, dueWrites, findRows, saveRows, type DueRow } from '../store/index.js';
import type { ChannelWork } from '../worker/deps.js';
import { aim, isToBeRead, type AimedRow } from './aim.js';
import { findingOf, quietRow, savedRow, type LookedRow } from './after-look.js';
import { look, readRows, type Surroundings } from './read-rows.js';
import { writeRows, type PlannedWrite, type Written } from './write-rows.js';

/** What a turn of the rows came to. */
export type RowsTurn = {
  /** Rows that had their turn; 0: none was due. */
  readonly rows: number;
  /** Rows raised because units were missing twice. */
  readonly raised: number;
  /** The request that wrote some of them. */
  readonly written: Written | undefined;
  readonly trouble: Trouble | undefined;
};

/** Somebody may be buying where something was sold so recently. */
const busyMillis = 600_000;

export type Turn = {
  /** Rows of a request that writes, as the shop's own time has it. */
  readonly rowsMax: number;
  /** Rows of a turn that are only read, as far as is known: reading costs the shop little. */
  readonly rowsReadMax: number;
  /** Reads the feed if that is older than a second, and waits for what it told the ledger. Undefined: nothing is written now. */
  readonly readFeedFirst: () => Promise<Omit<Surroundings, 'now'> | undefined>;
  /** @throws when this process is not the one that writes any more */
  readonly mayWrite: () => Promise<void>;
};

const nothing: RowsTurn = { rows: 0, raised: 0, written: undefined, trouble: undefined };

type NextRows = {
  readonly rows: readonly RowKey[];
  /** Of them, as many are written in this turn at most. */
  readonly writesMax: number;
};

/**
 * The most urgent rows that go in one request, and beside them those that are to be looked at: what was written is read back in
 * its time, however much is still to be written. What is written is read last, just before.
 */
const nextRows = async (
  { pool, now: nowMillis, channel: { channel, ladder } }: ChannelWork,
  { rowsMax, rowsReadMax }: Pick<Turn, 'rowsMax' | 'rowsReadMax'>,
): Promise<NextRows> => {
  const now = nowMillis();
  const looks = await dueLooks(pool, channel, now, rowsReadMax);
  const due = await dueWrites(pool, channel, now, rowsReadMax);
  if (!due.some(({ row }) => writes(ladder, row)))
    return { rows: [...looks, ...due.map(({ row }) => row)], writesMax: rowsMax };
  const [batch = []] = batchesOf(
    due.map((row) => dueWriteOf(row, now)),
    rowsMax,
  );
  const writesMax = batch.some(({ isBusy }) => isBusy) ? Math.min(busyRowsMax, rowsMax) : rowsMax;
  return { rows: [...looks, ...batch.map(({ row }) => row)], writesMax };
};

const dueWriteOf = ({ row, believed, wanted, soldAt, soldPerDay }: DueRow, now: number) => ({
  ...{ row, target: wanted, believed, soldPerDay },
  isBusy: soldAt !== undefined && now - soldAt < busyMillis,
});

/**
 * Gives the most urgent rows their turn: the feed is read, then the ledger's figures, then the rows; then they are judged,
 * and written where they show something else than they should.
 */
export const setRows = async (work: ChannelWork, turn: Turn): Promise<RowsTurn> => {
  const { readFeedFirst, mayWrite } = turn;
  const { rows: batch, writesMax } = await nextRows(work, turn);
  if (batch.length === 0) return nothing;
  const feed = await readFeedFirst();
  if (feed === undefined) return nothing;
  const aimed = await aimAt(work, batch);
  const now = work.now();
  const toRead = aimed.filter((row) => isToBeRead(row, now));
  const quiet = aimed.filter((row) => !toRead.includes(row));
  await saveRows(
    work.pool,
    work.channel.channel,
    quiet.map((row) => quietRow(row, now)),
  );
  if (toRead.length === 0) return { ...nothing, rows: batch.length };
  const readings = await readRows(work, toRead);
  if (readings.kind === 'trouble') return { ...nothing, rows: batch.length, trouble: readings.trouble };
  await barGone(work, toRead, readings.value);
  const looked = lookAll(toRead, readings.value, { ...feed, now: work.now() });
  return { ...(await settleAll(work, looked, { mayWrite, writesMax })), rows: batch.length };
};

/** Each row knows what those before it have cost the channel: a request may be larger than what is left of the day. */
const lookAll = (
  rows: readonly AimedRow[],
  readings: ReadonlyMap<RowKey, Reading>,
  around: Surroundings,
): readonly LookedRow[] => {
  let { raisedToday } = around.channel;
  return rows.flatMap((row) => {
    const reading = readings.get(row.row);
    if (reading === undefined) return [];
    const looked = look(row, reading, { ...around, channel: { ...around.channel, raisedToday } });
    if (looked.look.evidence?.kind === 'drift_raised') raisedToday += 1;
    return [looked];
  });
};

/** With what the ledger says now. Of a SKU that it has never seen nothing is known, which is not 0. */
const aimAt = async (work: ChannelWork, batch: readonly RowKey[]): Promise<readonly AimedRow[]> => {
  const { channel } = work.channel;
  const rows = await findRows(work.pool, channel, batch);
  const figures = await work.ledger.figures(channel, [...new Set(rows.map(({ sku }) => sku))]);
  const bySku = new Map(figures.map((one) => [one.sku, one]));
  const unknown = rows.filter(({ sku }) => !bySku.has(sku));
  await saveRows(
    work.pool,
    channel,
    unknown.map((row) => ({ ...quietRow({ ...row, target: 0, sequence: 0 }, work.now()), readBy: undefined })),
  );
  return rows.flatMap((row) => {
    const own = bySku.get(row.sku);
    return own === undefined ? [] : [aim(row, own, work.port.capabilities)];
  });
};

const barGone = async (
  { pool, channel: { channel }, alerts }: ChannelWork,
  rows: readonly AimedRow[],
  readings: ReadonlyMap<RowKey, Reading>,
): Promise<void> => {
  const gone = rows.filter(({ row }) => !readings.has(row));
  await barRows(
    pool,
    channel,
    gone.map(({ row }) => row),
    'gone',
  );
  for (const { row, sku } of gone)
    await alerts.raise({
      ...{ channel, code: 'row_gone', subject: row, level: 'ticket' },
      detail: `The shop does not have row ${row} of SKU ${sku} any more. It is left alone until its listings are read again.`,
      verb: `channel audit ${channel}`,
    });
};

type Settling = Pick<Turn, 'mayWrite'> & Pick<NextRows, 'writesMax'>;

/** Below what is computed and only logged, written for those whose turn on the ladder it is. */
const settleAll = async (
  work: ChannelWork,
  looked: readonly LookedRow[],
  { mayWrite, writesMax }: Settling,
): Promise<Omit<RowsTurn, 'rows'>> => {
  const { channel, ladder } = work.channel;
  const live = looked.filter(({ aimed }) => writes(ladder, aimed.row));
  const shadow = looked.filter((row) => !live.includes(row));
  await noteShadow(work, shadow);
  const at = work.now();
  const findings = live.flatMap((row) => findingOf(channel, row, at));
  await work.findings.note(findings);
  await raiseHeld(work, findings);
  const planned = live.flatMap((row): readonly PlannedWrite[] =>
    row.look.decision.kind === 'write' ? [{ row, value: row.look.decision.value }] : [],
  );
  const urgent = planned.toSorted((a, b) => Number(isFall(b)) - Number(isFall(a)));
  const written = await writeSome(work, urgent.slice(0, writesMax), mayWrite);
  const still = live.filter(({ look: { decision } }) => decision.kind !== 'write');
  // Nothing of ours stands between a reading and its write but the note of what is written.
  await saveRows(work.pool, channel, [
    ...still.map(({ aimed, look: { record } }) => savedRow(aimed, record)),
    ...urgent.slice(writesMax).map(({ row: { aimed, look } }) => savedRow(aimed, look.record, at)),
  ]);
  const raised = live.filter(({ look: { evidence } }) => evidence?.kind === 'drift_raised').length;
  return { raised, written, trouble: written?.trouble && mayPass(written.trouble) ? written.trouble : undefined };
};

const isFall = ({ row: { reading }, value }: PlannedWrite): boolean => value < reading.value;

const writeSome = async (
  work: ChannelWork,
  planned: readonly PlannedWrite[],
  mayWrite: () => Promise<void>,
): Promise<Written | undefined> => (planned.length === 0 ? undefined : writeRows(work, planned, mayWrite));

/** What the shop did not do it may do later: it is left alone for a moment. */
const mayPass = (trouble: Trouble): boolean => isTransient(trouble) || trouble.kind === 'misconfigured';

/** What of drift waits for a person: a ticket for a row, one call for a channel whose limits are spent. */
const raiseHeld = async (
  { alerts, channel: { channel } }: ChannelWork,
  findings: readonly Finding[],
): Promise<void> => {
  const held = findings.filter(({ kind }) => kind === 'drift_held');
  const ofChannel = held.find(({ hold }) => hold === 'budget_spent' || hold === 'shop_suspect');
  if (ofChannel)
    await alerts.raise({
      ...{ channel, code: ofChannel.hold ?? 'budget_spent', subject: '', level: 'page' },
      detail: 'Many rows are lower than any order explains. Falls go on; rows that drift are not raised any more.',
      verb: `drift list ${channel}`,
    });
  for (const { row, sku, units, hold } of held)
    if (hold === 'too_much' || hold === 'again_and_again')
      await alerts.raise({
        ...{ channel, code: 'drift_held', subject: row, level: 'ticket' },
        detail: `Row ${row} of SKU ${sku} lacks ${units} that no order explains. It falls, and does not rise until somebody says what is right.`,
        verb: `drift list ${channel}`,
      });
};

/** A row in the shadow is compared and logged, once for each figure, and begins anew with every look. */
const noteShadow = async (work: ChannelWork, rows: readonly LookedRow[]): Promise<void> => {
  if (rows.length === 0) return;
  const { channel } = work.channel;
  const news = rows.filter((row) => wouldPush(row) !== undefined && wouldPush(row) !== row.aimed.wouldPush);
  await work.log.write(news.map((row) => shadowEntry(channel, row, work.now())));
  await saveRows(
    work.pool,
    channel,
    rows.map((row) => {
      const { aimed, reading } = row;
      const record = { ...aimed.record, history: { base: reading, writes: [], movements: [] }, checks: [] };
      return savedRow({ ...aimed, wouldPush: wouldPush(row) }, record);
    }),
  );
};

const wouldPush = ({ aimed: { target }, reading: { value } }: LookedRow): number | undefined =>
  target === value || (target <= 0 && value <= 0) ? undefined : target;

const shadowEntry = (channel: string, { aimed, reading }: LookedRow, at: number): SyncEntry => ({
  ...{ channel, direction: 'out', operation: 'would_push', resource: 'stock', externalId: aimed.row },
  ...{ sourceChange: `${aimed.sequence}`, run: undefined, outcome: 'done', code: 'shadow', millis: 0, at },
  payload: { quantity: aimed.target, read: reading.value },
});
