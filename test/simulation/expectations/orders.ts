import type { RecordedEvent } from '#event-sourcing';
import { lineKeyOf, sumOf, type SkuBooks } from '../auditor/books.js';
import type { OrderNotes, Snapshot } from '../intents.js';

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

/** Each line of an order stands where its newest recorded snapshot wants it. */
export const expectOrder = (
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
    const open = sumOf(line?.committed) + sumOf(line?.backordered);
    stands.set(`${frozen.sku}/${frozen.line}/${frozen.unitsPerSale}`, { open, issued: line?.issued ?? 0 });
  }
  return [...new Set([...wanted.keys(), ...stands.keys()])].flatMap((key) => {
    const want = wanted.get(key) ?? { promised: 0, shipped: 0 };
    const is = stands.get(key) ?? { open: 0, issued: 0 };
    const findings: string[] = [];
    if (shipsHere && is.issued !== want.shipped)
      findings.push(`${name} ${key} issued ${is.issued}, shipped ${want.shipped}`);
    const open = Math.max(0, want.promised - is.issued);
    if (is.open !== open) findings.push(`${name} ${key} covers ${is.open}, wants ${open}`);
    return findings;
  });
};

type Frozen = { readonly key: string; readonly line: string; readonly sku: string; readonly unitsPerSale: number };
const frozenLines = (events: readonly RecordedEvent[], { channel, orderKey }: OrderNotes): Frozen[] =>
  events
    .filter(({ stream, type }) => type === 'OrderLinesResolved' && stream === `order-${channel}-${orderKey}`)
    .flatMap(({ data }) => data['lines'] as unknown as Frozen[]);
