import type { KeptOrder, OrderMessage } from '#apps/channels';
import { movedBy, type DescribedOrder, type FeedReading, type NumberSet, type RowKey } from '#channel-kit';
import { nameOf } from '../company/places.js';
import { recordOf } from './memory.js';
import { patient, type Turn } from './turn.js';

/** An order as it was read now, and what the shop did to its rows since it was read before. */
type Change = {
  readonly id: string;
  readonly after: KeptOrder;
  readonly version: number;
  readonly moved: ReadonlyMap<RowKey, NumberSet>;
  readonly takes: ReadonlyMap<RowKey, number>;
};

const endedPayments: ReadonlySet<string> = new Set(['failed', 'cancelled', 'refunded', 'trashed']);

/** Units of the rows that the ledger will count as promised. */
const promisedBy = ({ of }: Turn, order: DescribedOrder | undefined): ReadonlyMap<RowKey, number> => {
  const units = new Map<RowKey, number>();
  if (order === undefined || endedPayments.has(order.snapshot.payment)) return units;
  for (const { ids, ordered, cancelled = 0 } of order.snapshot.lines) {
    const row = of.listings.find((listing) => nameOf(listing.ids) === nameOf(ids))?.row;
    if (row !== undefined) units.set(row, (units.get(row) ?? 0) + ordered - cancelled);
  }
  return units;
};

const takenBetween = (turn: Turn, before: KeptOrder | undefined, after: KeptOrder): ReadonlyMap<RowKey, number> => {
  const { describe } = turn.of.port;
  const earlier = promisedBy(turn, before && describe(before));
  return new Map(
    [...promisedBy(turn, describe(after))].map(([row, units]) => [row, Math.max(0, units - (earlier.get(row) ?? 0))]),
  );
};

/** Draws its ticket before it reads; undefined: the shop did not answer. An order that is still being made is read again. */
const readChange = async (turn: Turn, id: string): Promise<Change | 'making' | 'gone' | undefined> => {
  const { of, memory } = turn;
  memory.tickets += 1;
  const version = memory.tickets;
  const before = memory.orders.get(id);
  const answer = await of.port.order(id, patient);
  if (answer.kind === 'trouble') return undefined;
  const after = answer.value;
  if (after === undefined) return 'gone';
  if (of.port.describe(after).isMaking === true) {
    memory.making.set(id, of.port.pending(after, Date.now()));
    return 'making';
  }
  memory.making.delete(id);
  const moved = of.port.effects(before, after);
  return { id, after, version, moved, takes: takenBetween(turn, before, after) };
};

const messageOf = ({ of }: Turn, { after, version }: Change): OrderMessage => {
  const { key, snapshot } = of.port.describe(after);
  const { channel, connection } = of;
  return { channel, connection, orderKey: key, version, snapshot };
};

const merged = (one: ReadonlyMap<RowKey, number>, other: ReadonlyMap<RowKey, number>): ReadonlyMap<RowKey, number> => {
  const sums = new Map(one);
  for (const [row, units] of other) sums.set(row, (sums.get(row) ?? 0) + units);
  return sums;
};

const takeIn = (turn: Turn, change: Change, from: number): OrderMessage => {
  const { memory, dirty, now } = turn;
  for (const [row, moved] of change.moved) {
    memory.records.set(row, movedBy(recordOf(memory, row), { span: { from, to: now() }, moved }));
    dirty.add(row);
  }
  const message = messageOf(turn, change);
  const earlier = memory.sent.get(message.orderKey)?.takes ?? new Map<RowKey, number>();
  memory.sent.set(message.orderKey, { message, takes: merged(earlier, change.takes) });
  for (const row of change.takes.keys()) dirty.add(row);
  memory.orders.set(change.id, change.after);
  return message;
};

type Read = { readonly reading: FeedReading; readonly changes: readonly Change[] };

const readAll = async (turn: Turn, hinted: readonly string[]): Promise<Read | undefined> => {
  const { of, memory } = turn;
  const answer = await of.port.ordersSince(memory.cursors, patient);
  if (answer.kind === 'trouble') return undefined;
  const ids = new Set([...answer.value.orders, ...hinted, ...memory.making.keys()]);
  const changes: Change[] = [];
  for (const id of ids) {
    const change = await readChange(turn, id);
    if (change === undefined) return undefined;
    if (typeof change === 'object') changes.push(change);
  }
  return { reading: answer.value, changes };
};

/** Takes what is hinted for what the shop has done once more. */
const believe = ({ of, memory, dirty, now }: Turn, hinted: readonly string[]): void => {
  for (const order of hinted.flatMap((id): readonly KeptOrder[] =>
    [memory.orders.get(id)].filter((known) => known !== undefined),
  ))
    for (const [row, moved] of of.port.effects(undefined, order)) {
      memory.records.set(row, movedBy(recordOf(memory, row), { span: { from: memory.fedAt, to: now() }, moved }));
      dirty.add(row);
    }
};

/**
 * Reads what the shop did, keeps it, and tells the ledger. A source that failed keeps its cursor, and what was read before
 * stays the beginning of the time in which the next movements took place.
 */
export const readFeed = async (turn: Turn, hinted: readonly string[]): Promise<void> => {
  const { memory, now, ledger } = turn;
  const from = now();
  if (!turn.habits.readsWhatIsHinted) believe(turn, hinted);
  const read = await readAll(turn, hinted);
  if (read === undefined) return;
  const messages = read.changes.map((change) => takeIn(turn, change, memory.fedAt));
  memory.cursors = read.reading.cursors;
  if (read.reading.failed.length === 0) memory.fedAt = from;
  await ledger.tell(messages);
};
