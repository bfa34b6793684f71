import type { RecordedEvent } from '#event-sourcing';
import type { AuditReport } from './auditor/audit.js';
import { lineKeyOf, type SkuBooks } from './auditor/books.js';
import type { FactIntent, FactNotes, Notes, OrderNotes, Snapshot } from './intents.js';

/**
 * What must have come of what the world did, computed from the notes alone. A fact or an order that was acknowledged at
 * some version stands at that version or a higher one that was sent; what was never acknowledged may stand or not.
 */

type Flow = readonly [from: string, to: string, quantity: number];

const flowOf = ({ fact }: FactIntent): Flow => {
  const at = (bucket: string) => `${fact.location}|${bucket}`;
  switch (fact.kind) {
    case 'receipt':
      return ['supplier', at(fact.bucket), fact.quantity];
    case 'issue':
      return [at('sellable'), 'customer', fact.quantity];
    case 'return':
      return ['customer', fact.disposition === 'scrapped' ? 'adjustment' : at(fact.disposition), fact.quantity];
    case 'adjustment':
      return fact.quantity < 0
        ? [at(fact.bucket), 'adjustment', -fact.quantity]
        : ['adjustment', at(fact.bucket), fact.quantity];
    case 'bucket_change':
      return [at(fact.from), at(fact.to), fact.quantity];
    case 'count':
    case 'transfer_dispatch':
    case 'transfer_receipt':
    case 'transfer_close':
      throw new Error(`${fact.kind} is not simulated`);
  }
};

const netOf = (intent: FactIntent): string => {
  const [from, to, quantity] = flowOf(intent);
  return quantity === 0
    ? ''
    : sorted(
        new Map([
          [from, -quantity],
          [to, quantity],
        ]),
      );
};
const sorted = (net: ReadonlyMap<string, number>): string =>
  [...net]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([account, units]) => `${account}:${units}`)
    .join(' ');

const expectFact = (
  sourceKey: string,
  { versions, acknowledged }: FactNotes,
  books: ReadonlyMap<string, SkuBooks>,
): string[] => {
  const [first] = versions.values();
  const posted = [...(books.get(`stock-${first?.sku}`)?.facts ?? [])].filter(([key]) =>
    key.endsWith(`${JSON.stringify(sourceKey)}]`),
  );
  const [stands] = posted.map(([, fact]) => fact);
  if (posted.length > 1) return [`${sourceKey} stands ${posted.length} times`];
  if ((stands?.version ?? 0) < acknowledged)
    return [`${sourceKey} stands at ${stands?.version ?? 0}, acknowledged ${acknowledged}`];
  if (stands === undefined) return [];
  const intent = versions.get(stands.version);
  if (intent === undefined) return [`${sourceKey} stands at ${stands.version}, which nobody sent`];
  const [is, should] = [sorted(stands.net), netOf(intent)];
  return is === should ? [] : [`${sourceKey}@${stands.version} moved (${is}), said (${should})`];
};

/** The newest snapshot that the order's own stream has recorded. */
const recordedVersion = (events: readonly RecordedEvent[], { channel, orderKey }: OrderNotes): number => {
  const recorded = events.filter(
    ({ stream, type }) => type === 'OrderRecorded' && stream === `order-${channel}-${orderKey}`,
  );
  const versions = recorded.map(({ data }) => (data['snapshot'] as unknown as Snapshot).version);
  return Math.max(0, ...versions);
};

type Wanted = { promised: number; shipped: number };

/** Per SKU and line id what the snapshot wants, in base units. */
const wantedBy = (snapshot: Snapshot): Map<string, Wanted> => {
  const wanted = new Map<string, Wanted>();
  for (const { line, product, ordered, cancelled, shipped = 0 } of snapshot.lines) {
    if (!('sku' in product)) continue;
    const open = snapshot.payment === 'paid' || snapshot.payment === 'pending';
    const promised = open ? (ordered - cancelled) * product.unitsPerSale : 0;
    const issued = snapshot.payment === 'cancelled' ? 0 : shipped * product.unitsPerSale;
    wanted.set(`${product.sku}/${line}/${product.unitsPerSale}`, { promised, shipped: issued });
  }
  return wanted;
};

type OrderView = { readonly order: OrderNotes; readonly shipsHere: boolean };

const expectOrder = (
  { order, shipsHere }: OrderView,
  events: readonly RecordedEvent[],
  books: ReadonlyMap<string, SkuBooks>,
): string[] => {
  const version = recordedVersion(events, order);
  const name = `${order.channel}/${order.orderKey}`;
  if (version < order.acknowledged) return [`${name} stands at ${version}, acknowledged ${order.acknowledged}`];
  const snapshot = order.snapshots.find((candidate) => candidate.version === version);
  if (snapshot === undefined) return version === 0 ? [] : [`${name} stands at ${version}, which nobody sent`];
  const wanted = wantedBy(snapshot);
  const stands = new Map<string, { open: number; issued: number }>();
  for (const frozen of frozenLines(events, order)) {
    const line = books
      .get(`stock-${frozen.sku}`)
      ?.lines.get(lineKeyOf({ channel: order.channel, orderKey: order.orderKey, line: frozen.key }));
    const open = line?.committed.reduce((sum, { quantity }) => sum + quantity, 0) ?? 0;
    stands.set(`${frozen.sku}/${frozen.line}/${frozen.unitsPerSale}`, { open, issued: line?.issued ?? 0 });
  }
  return [...new Set([...wanted.keys(), ...stands.keys()])].flatMap((key) => {
    const want = wanted.get(key) ?? { promised: 0, shipped: 0 };
    const is = stands.get(key) ?? { open: 0, issued: 0 };
    const findings: string[] = [];
    if (shipsHere && is.issued !== want.shipped)
      findings.push(`${name} ${key} issued ${is.issued}, shipped ${want.shipped}`);
    const open = Math.max(0, want.promised - is.issued);
    if (is.open !== open) findings.push(`${name} ${key} commits ${is.open}, wants ${open}`);
    return findings;
  });
};

type Frozen = { readonly key: string; readonly line: string; readonly sku: string; readonly unitsPerSale: number };
const frozenLines = (events: readonly RecordedEvent[], { channel, orderKey }: OrderNotes): Frozen[] =>
  events
    .filter(({ stream, type }) => type === 'OrderLinesResolved' && stream === `order-${channel}-${orderKey}`)
    .flatMap(({ data }) => data['lines'] as unknown as Frozen[]);

const expectAcknowledged = (events: readonly RecordedEvent[], { acknowledged }: Notes): string[] => {
  const stored = new Set(events.map(({ eventId }) => eventId));
  return [...acknowledged]
    .filter(([id]) => !stored.has(id))
    .map(([id, what]) => `${what}: acknowledged event ${id} is lost`);
};

const expectAnswered = (books: ReadonlyMap<string, SkuBooks>, { answered }: Notes): string[] =>
  [...answered].flatMap(([stream, said]) =>
    [...said]
      .filter((says) => !books.get(stream)?.stood.has(says))
      .map((says) => `${stream}: answered ${says}, which never stood`),
  );

/** Everything in which the end differs from what it should be. */
export const unmetExpectations = (
  events: readonly RecordedEvent[],
  { books }: AuditReport,
  notes: Notes,
): readonly string[] => [
  ...expectAcknowledged(events, notes),
  ...expectAnswered(books, notes),
  ...[...notes.facts].flatMap(([sourceKey, fact]) => expectFact(sourceKey, fact, books)),
  ...[...notes.orders.values()].flatMap((order) => expectOrder({ order, shipsHere: false }, events, books)),
];
