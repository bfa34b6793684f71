import {
  isWanted,
  type ChannelPort,
  type DescribedOrder,
  type Millis,
  type Movement,
  type NumberSet,
  type RowKey,
} from '#channel-kit';
import type { KeptOrder, OrderMessage } from '../contracts/index.js';
import type { Claim, ShopOrder } from '../store/index.js';

/** An order as the shop has it now. */
export type ReadOrder = {
  readonly id: string;
  /** Drawn before the reading began. */
  readonly ticket: number;
  readonly from: Millis;
  readonly to: Millis;
  readonly order: KeptOrder;
};

/** What is known around a reading. */
export type Known = {
  readonly channel: string;
  readonly connection: string;
  /** The order as it was read last. */
  readonly before: ShopOrder | undefined;
  /** The last reading of the feed began in which every source answered. */
  readonly feedWholeAt: Millis;
  /** The first reading of the feed began. */
  readonly feedBeganAt: Millis;
  readonly digest: (text: string) => string;
  readonly reviewAfter: ReviewAfter;
};

/** How long after it was placed an unpaid order is looked at again, in milliseconds; undefined: never by itself. */
export type ReviewAfter = (paymentClass: string | undefined) => number | undefined;

/** What follows from a reading. */
export type NotedOrder = {
  readonly order: ShopOrder;
  /** What the shop did to its own rows. */
  readonly movements: ReadonlyMap<RowKey, Movement>;
  readonly claims: readonly Claim[];
  /** Rows that it sells without moving them: those that nobody has mapped are asked for all the same. */
  readonly soldByParts: readonly RowKey[];
  /** What the ledger is told; undefined: nothing new. */
  readonly message: OrderMessage | undefined;
  /** The order that had this id before: the shop does not have it any more. */
  readonly replaced: ShopOrder | undefined;
  readonly notices: readonly Notice[];
};

/** `level` left out: a ticket. */
export type Notice = { readonly code: string; readonly detail: string; readonly level?: 'page' };

/** An order that the shop is making is given this long before the ledger is told of it as it is. */
export const makingMillisMax = 60_000;
/** Nobody had seen the order so long before it was read first, unless the feed was away: then nothing rises anyway. */
const unseenMillisMax = 60_000;
/** So often it is read meanwhile, and afterwards. */
const againMillis = 1_000;
const againLaterMillis = 30_000;

type Port = Pick<ChannelPort<KeptOrder>, 'describe' | 'effects' | 'pending'>;

/**
 * What two readings of an order say. An order that was made before the feed was read first, and that nobody has seen then,
 * may have moved its rows at any time: of those nothing is known.
 */
export const noteOrder = (port: Port, read: ReadOrder, known: Known): NotedOrder => {
  const described = port.describe(read.order);
  const { key, snapshot, isOpen, cart, paymentClass } = described;
  const isOther = known.before !== undefined && known.before.orderKey !== key;
  const before = isOther ? undefined : known.before;
  const isOld = Date.parse(snapshot.placedAt) < known.feedBeganAt;
  const isOlder = before === undefined && isOld;
  const pending = port.pending(read.order, read.to);
  const isBeingMade = described.isMaking === true || before?.makingSince !== undefined;
  // Of an order that is being made two readings tell less than the whole of it does.
  const effects = port.effects(isBeingMade ? undefined : before?.reading, read.order);
  // What the ledger hears of for the first time it lacks as a whole, whenever the row has moved.
  const sold = before?.ticket === undefined ? port.effects(undefined, read.order) : effects;
  const from = Math.max(known.feedWholeAt, before?.readAt ?? 0);
  const begun = before?.makingSince === undefined ? from : before.makingSince - unseenMillisMax;
  const of = { span: { from: Math.min(from, begun), to: read.to }, ...(isBeingMade && { making: key }) };
  // What the ledger has heard of already its figures are without, when it has taken that in.
  const pendingBefore = before?.ticket === undefined ? nothing : port.pending(before.reading, before.readAt);
  const makingSince = described.isMaking === true ? (before?.makingSince ?? read.from) : undefined;
  const isMaking = makingSince !== undefined && read.to - makingSince < makingMillisMax;
  const hash = known.digest(JSON.stringify(snapshot));
  // An order that was over before we came is no business of ours, however often it is read.
  const isOver = before?.ticket === undefined && isOld && !isOpen;
  const isKept = isPaidMeanwhile(port, before, described, known.digest);
  const isTold = !isMaking && hash !== before?.toldHash && !isOver && !isKept;
  const told = isTold
    ? { toldHash: hash, ticket: read.ticket, toldAt: read.to, isIncluded: false }
    : {
        toldHash: before?.toldHash,
        ticket: before?.ticket,
        toldAt: before?.toldAt,
        isIncluded: before?.isIncluded ?? true,
      };
  const order: ShopOrder = {
    ...{ orderKey: key, id: read.id, cart, reading: read.order, readAt: read.from, isOpen, ...told, makingSince },
    reviewAt:
      snapshot.payment === 'pending' && isOpen ? reviewOf(described, known.reviewAfter(paymentClass)) : undefined,
    cancelAskedAt: before?.cancelAskedAt,
    againAt:
      makingSince === undefined
        ? checkOf(before, read, described.changesAtMillis)
        : read.to + (isMaking ? againMillis : againLaterMillis),
  };
  return {
    order,
    movements: isOlder ? nothingKnownOf(effects, of) : movementsOf(effects, of),
    claims: claimsOf(order, { pending, pendingBefore, effects: isOlder ? new Map() : sold, isMaking, isTold }),
    soldByParts: isTold && isWanted(snapshot.payment) ? (described.soldByParts ?? []) : [],
    message: isTold ? messageOf(known, key, read.ticket, snapshot) : undefined,
    replaced: isOther ? known.before : undefined,
    notices: [
      ...described.notices,
      ...(makingSince !== undefined && !isMaking ? [unfinished] : []),
      ...(isKept ? [paidMeanwhile] : []),
    ],
  };
};

const reviewOf = ({ snapshot, reviewAtMillis }: DescribedOrder, after: number | undefined): Millis | undefined =>
  after === undefined ? reviewAtMillis : Date.parse(snapshot.placedAt) + after;

/**
 * An order that the shop was asked to cancel is read once more when every request of then has ended, and one that changes by
 * itself when it does.
 */
const checkOf = (
  before: ShopOrder | undefined,
  { from, to }: ReadOrder,
  changesAt: Millis | undefined,
): Millis | undefined => {
  const last = (before?.cancelAskedAt ?? 0) + cancelCheckedMillis;
  const moments = [...(last > from ? [last] : []), ...(changesAt !== undefined && changesAt > to ? [changesAt] : [])];
  return moments.length === 0 ? undefined : Math.min(...moments);
};

/** Nothing of what was under way when the shop was asked to cancel can still come. */
const cancelCheckedMillis = 60_000;

const unfinished = {
  code: 'order_unfinished',
  detail: 'The shop has not finished making this order for a minute. It is recorded as it is: look at it in the shop.',
};

/**
 * We have asked for its cancellation, and its money came before that was done: it stays as the ledger knows it. One that was
 * seen paid and is cancelled afterwards is cancelled.
 */
const isPaidMeanwhile = (
  { describe }: Port,
  before: ShopOrder | undefined,
  { snapshot, wasPaid }: DescribedOrder,
  digest: Known['digest'],
): boolean => {
  if (before?.cancelAskedAt === undefined || snapshot.payment !== 'cancelled' || wasPaid !== true) return false;
  const { snapshot: last } = describe(before.reading);
  const wasKept = last.payment === 'cancelled' && digest(JSON.stringify(last)) !== before.toldHash;
  return last.payment === 'pending' || wasKept;
};

const paidMeanwhile: Notice = {
  code: 'cancelled_though_paid',
  level: 'page',
  detail:
    'The order was cancelled because nobody had paid it, and its money came at that moment. Its units stay promised: take it up again in the shop, or refund it there.',
};

const messageOf = (
  { channel, connection }: Known,
  orderKey: string,
  version: number,
  snapshot: OrderMessage['snapshot'],
): OrderMessage => ({ channel, connection, orderKey, version, snapshot });

const isNothing = (moved: NumberSet): boolean => moved !== 'unknown' && moved.every((units) => units === 0);

type MovementOf = Omit<Movement, 'moved'>;

const movementsOf = (effects: ReadonlyMap<RowKey, NumberSet>, of: MovementOf): ReadonlyMap<RowKey, Movement> =>
  new Map([...effects].flatMap(([row, moved]) => (isNothing(moved) ? [] : [[row, { ...of, moved }] as const])));

const nothingKnownOf = (effects: ReadonlyMap<RowKey, NumberSet>, of: MovementOf): ReadonlyMap<RowKey, Movement> =>
  new Map([...effects.keys()].map((row) => [row, { ...of, moved: 'unknown' }]));

const nothing: ReadonlyMap<RowKey, number> = new Map();

type Claimed = {
  readonly pending: ReadonlyMap<RowKey, number>;
  readonly pendingBefore: ReadonlyMap<RowKey, number>;
  readonly effects: ReadonlyMap<RowKey, NumberSet>;
  readonly isMaking: boolean;
  readonly isTold: boolean;
};

/** Units that a movement may have taken: what the ledger's figures do not have yet of a sale. */
export const takenBy = (moved: NumberSet): number => (moved === 'unknown' ? 0 : Math.max(0, -Math.min(...moved)));

/**
 * Units of a sale that the ledger's figures do not have yet: what the row has lost, or will. What was pending before and is
 * taken now was heard of when it was pending.
 */
const unheardOf = (row: RowKey, { pending, pendingBefore, effects }: Claimed): number =>
  Math.max(0, Math.max(takenBy(effects.get(row) ?? [0]), pending.get(row) ?? 0) - (pendingBefore.get(row) ?? 0));

/** What is pending counts once the ledger has been told: its figures are without those units then, and the row is not. */
const claimsOf = ({ orderKey, ticket }: ShopOrder, claimed: Claimed): readonly Claim[] => {
  const { pending, effects, isMaking, isTold } = claimed;
  return [...new Set([...pending.keys(), ...(isTold ? effects.keys() : [])])].flatMap((row) => {
    const claim = {
      ...{ row, orderKey, risesWait: isMaking && pending.has(row) },
      pending: ticket === undefined ? 0 : (pending.get(row) ?? 0),
      unconfirmed: isTold ? unheardOf(row, claimed) : 0,
    };
    return claim.risesWait || claim.pending > 0 || claim.unconfirmed > 0 ? [claim] : [];
  });
};
