import type { Finding, SkuFigures } from '#apps/channels';
import {
  heard,
  lookAt,
  targetOf,
  wrote,
  type Around,
  type Evidence,
  type Look,
  type RowKey,
  type RowRecord,
  type RowWrite,
} from '#channel-kit';
import { nameOf, type Listing } from '../company/places.js';
import { recordOf } from './memory.js';
import { patient, type Turn } from './turn.js';

const staleMillis = 30_000;
const scanMillis = 86_400_000;
const dayMillis = 86_400_000;
const rowsAtOnceMax = 100;

const isTimely = ({ checks, restsUntil }: RowRecord, now: number): boolean =>
  checks.some((at) => at <= now) || (restsUntil !== undefined && restsUntil <= now);

/** Rows of which something was heard, whose time has come, or that were never read; now and then all of them. */
const dueRows = ({ of, memory, dirty, now }: Turn, scans: boolean): readonly Listing[] => {
  const at = now();
  const isScan = scans && at - memory.scannedAt >= scanMillis;
  if (isScan) memory.scannedAt = at;
  return of.listings.filter(({ row }) => {
    const record = memory.records.get(row);
    return isScan || record === undefined || dirty.has(row) || isTimely(record, at);
  });
};

const sumOver = (maps: Iterable<ReadonlyMap<RowKey, number>>, row: RowKey): number =>
  [...maps].reduce((sum, units) => sum + (units.get(row) ?? 0), 0);

/** Orders that the ledger has taken in are not taken off any more: their rows are looked at, whether its figures have changed or not. */
const forgetIncluded = async ({ memory, ledger, dirty }: Turn): Promise<void> => {
  const sent = [...memory.sent.values()].map(({ message }) => message);
  if (sent.length === 0) return;
  const { included } = await ledger.included(sent);
  for (const { orderKey, version } of included) {
    const sent = memory.sent.get(orderKey);
    if (sent?.message.version !== version) continue;
    for (const row of sent.takes.keys()) dirty.add(row);
    memory.sent.delete(orderKey);
  }
};

const pendingOf = ({ memory }: Turn, row: RowKey): number => sumOver(memory.making.values(), row);

const targetFor = (turn: Turn, { ids, row, unitsPerSale }: Listing, { shown, heldByListing }: SkuFigures): number => {
  const { quantityMax: max } = turn.of.port.capabilities;
  const held = turn.habits.addsHolds ? (heldByListing[nameOf(ids)] ?? 0) : 0;
  return targetOf({ shown, held }, { pendingUnits: pendingOf(turn, row) * unitsPerSale }, unitsPerSale, {
    min: 0,
    max,
  });
};

const driftOf = ({ of, memory, now }: Turn): Around['channel'] => ({
  raisedToday: memory.raised.day === Math.floor(now() / dayMillis) ? memory.raised.rows : 0,
  drifting: [...memory.records.values()].filter(({ sample, hold }) => sample !== undefined || hold !== undefined)
    .length,
  rows: of.listings.length,
});

const isStale = ({ memory, now, habits }: Turn, row: RowKey): boolean =>
  (habits.distrustsStaleFeed && now() - memory.fedAt > staleMillis) ||
  (habits.waitsForTheMaking && sumOver(memory.making.values(), row) > 0);

const aroundOf = (turn: Turn, row: RowKey, target: number, channel: Around['channel']): Around => ({
  ...{ target, channel, now: turn.now(), isFeedStale: isStale(turn, row), feedWholeAt: turn.memory.fedAt },
  unconfirmed: turn.habits.takesOffUnconfirmed
    ? sumOver(
        [...turn.memory.sent.values()].map(({ takes }) => takes),
        row,
      )
    : 0,
});

const countRaise = ({ memory, now }: Turn): void => {
  const day = Math.floor(now() / dayMillis);
  memory.raised = { day, rows: memory.raised.day === day ? memory.raised.rows + 1 : 1 };
};

type Due = { readonly listing: Listing; readonly look: Look; readonly target: number; readonly sequence: number };

const findingOf = (turn: Turn, { listing, look, target }: Due, evidence: Evidence): Finding => ({
  ...evidence,
  ...{ channel: turn.of.channel, row: listing.row, sku: listing.sku, target, at: turn.now() },
  written: look.decision.kind === 'write' ? look.decision.value : undefined,
});

/** Reads some rows and judges what they show. */
const look = async (turn: Turn, some: readonly Listing[]): Promise<readonly Due[]> => {
  const { of, memory, ledger, now } = turn;
  await forgetIncluded(turn);
  const figures = await ledger.figures(of.channel, [...new Set(some.map(({ sku }) => sku))]);
  const bySku = new Map(figures.map((one) => [one.sku, one]));
  const from = now();
  const answer = await of.port.readBack(
    some.map(({ row }) => row),
    patient,
  );
  if (answer.kind === 'trouble') return [];
  const span = { from, to: now() };
  const shows = new Map(answer.value.map(({ row, quantity }) => [row, quantity]));
  const channel = driftOf(turn);
  return some.flatMap((listing): Due[] => {
    const [value, figure] = [shows.get(listing.row), bySku.get(listing.sku)];
    if (value === undefined || figure === undefined) return [];
    const target = targetFor(turn, listing, figure);
    const { shown, sequence } = figure;
    const record = heard(recordOf(memory, listing.row), { shown, held: 0, sequence });
    const seen = lookAt(record, { value, span }, aroundOf(turn, listing.row, target, channel));
    memory.records.set(listing.row, seen.record);
    turn.dirty.delete(listing.row);
    return [{ listing, look: seen, target, sequence }];
  });
};

const noteFindings = async (turn: Turn, looks: readonly Due[]): Promise<void> => {
  const findings = looks.flatMap((due) =>
    due.look.evidence === undefined ? [] : [findingOf(turn, due, due.look.evidence)],
  );
  for (const { kind } of findings) if (kind === 'drift_raised') countRaise(turn);
  if (findings.length > 0) await turn.records.findings.note(findings);
};

type Write = {
  readonly listing: Listing;
  readonly value: number;
  readonly before: RowRecord;
  readonly sequence: number;
};

const writesOf = ({ memory }: Turn, looks: readonly Due[]): readonly Write[] =>
  looks.flatMap(({ listing, look: { decision }, sequence }) =>
    decision.kind === 'write'
      ? [{ listing, value: decision.value, before: recordOf(memory, listing.row), sequence }]
      : [],
  );

const remember = (turn: Turn, { listing, before, value }: Write, write: Omit<RowWrite, 'value'>): void => {
  const { memory, habits, now } = turn;
  const record = wrote(before, { ...write, value }, now());
  const soon = habits.readsBackTwice ? record.checks : record.checks.slice(0, 1);
  memory.records.set(listing.row, { ...record, checks: soon });
};

const noteWrites = (turn: Turn, writes: readonly Write[], outcome: 'done' | 'unknown' | 'failed'): Promise<void> =>
  turn.records.syncLog.write(
    writes.map(({ listing, sequence, value }) => ({
      ...{ channel: turn.of.channel, direction: 'out', operation: 'write_stock', resource: 'stock' },
      ...{ externalId: listing.row, sourceChange: String(sequence), run: undefined, outcome, code: outcome },
      ...{ millis: 0, payload: { quantity: value }, at: turn.now() },
    })),
  );

/** Noted as a write without an answer before it is sent: whatever ends this process leaves that behind. */
const write = async (turn: Turn, writes: readonly Write[]): Promise<void> => {
  const { of, memory, habits, now } = turn;
  const from = now();
  const underWay = { span: { from, to: from + of.port.capabilities.requestMillisMax }, outcome: 'unknown' } as const;
  for (const one of habits.notesBeforeWriting ? writes : []) remember(turn, one, underWay);
  const changes = writes.map(({ listing, value }) => ({ row: listing.row, quantity: value, expected: 0 }));
  const answer = await of.port.write(changes, patient);
  const span = { from, to: now() };
  if (answer.kind === 'answered') {
    const written = new Set(answer.value.written);
    const done = writes.filter(({ listing }) => written.has(listing.row));
    for (const one of done) remember(turn, one, { span, outcome: 'written' });
    return noteWrites(turn, done, 'done');
  }
  if (answer.trouble.kind === 'unknown_outcome') {
    for (const one of habits.mindsDoubt ? [] : writes) remember(turn, one, { span, outcome: 'written' });
    return noteWrites(turn, writes, 'unknown');
  }
  for (const { listing, before } of writes) {
    memory.records.set(listing.row, before);
    turn.dirty.add(listing.row);
  }
  return noteWrites(turn, writes, 'failed');
};

/** Rows that are due are read, judged, and written where they should show something else. */
export const keepRows = async (turn: Turn, scans: boolean): Promise<void> => {
  await forgetIncluded(turn);
  const due = dueRows(turn, scans);
  for (let at = 0; at < due.length; at += rowsAtOnceMax) {
    const looks = await look(turn, due.slice(at, at + rowsAtOnceMax));
    await noteFindings(turn, looks);
    const writes = writesOf(turn, looks);
    if (writes.length > 0) await write(turn, writes);
  }
};
