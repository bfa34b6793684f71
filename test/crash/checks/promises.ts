import type { RecordedEvent } from '#event-sourcing';
import type { Order, OrderLine } from '../clients/books.js';
import type { Evidence } from './evidence.js';

type Streams = ReadonlyMap<string, readonly RecordedEvent[]>;
type Held = { readonly quantity: number };
type Data = {
  readonly reservation?: string;
  readonly held?: Held;
  readonly consumed?: { readonly reservation: string; readonly held?: Held };
  readonly order?: { readonly channel: string; readonly orderKey: string; readonly line: string };
  readonly line?: { readonly issued: number; readonly committed: readonly { readonly quantity: number }[] };
};

/** Holds of carts and standings of order lines, as the last event of each says, against what the clients were told. */
export const promisesOf = ({ books, channels }: Evidence, streams: Streams): readonly string[] => {
  const channel = channels[0]?.channel ?? '';
  const { holds, lines } = standingOf(streams);
  const carts = books.flatMap((one) => [...one.carts.values()]);
  const orders = books.flatMap((one) => [...one.orders.values()]);
  const expected = new Map(
    carts.flatMap(({ key, lasting, lines: wanted }) =>
      lasting ? [...wanted].map(([sku, quantity]) => [`stock-${sku} ${channel}:${key}`, quantity] as const) : [],
    ),
  );
  return [
    ...differences('holds', expected, holds),
    ...orders.flatMap((order) => order.lines.flatMap((line) => lineFindings(channel, order, line, lines))),
  ];
};

const differences = (
  what: string,
  expected: ReadonlyMap<string, number>,
  found: ReadonlyMap<string, number>,
): readonly string[] =>
  [...new Set([...expected.keys(), ...found.keys()])]
    .filter((key) => expected.get(key) !== found.get(key))
    .map((key) => `${key} ${what} ${found.get(key) ?? 0}, told ${expected.get(key) ?? 0}`);

type Line = NonNullable<Data['line']>;

const standingOf = (streams: Streams) => {
  const holds = new Map<string, number>();
  const lines = new Map<string, Line>();
  const setHold = (stream: string, reservation: string, held?: Held): void => {
    if (held) holds.set(`${stream} ${reservation}`, held.quantity);
    else holds.delete(`${stream} ${reservation}`);
  };
  for (const [stream, events] of streams)
    for (const event of events) {
      const { reservation, held, consumed, order, line } = event.data as Data;
      if (reservation !== undefined) setHold(stream, reservation, held);
      if (consumed) setHold(stream, consumed.reservation, consumed.held);
      if (order && line) lines.set(`${stream} ${order.channel}/${order.orderKey}/${order.line}`, line);
    }
  return { holds, lines };
};

/** Of an order that is in its newest version: what is neither cancelled nor shipped is committed, somewhere. */
const lineFindings = (
  channel: string,
  { key, version }: Order,
  { line, sku, ordered, cancelled, shipped }: OrderLine,
  lines: ReadonlyMap<string, Line>,
): readonly string[] => {
  const standing = lines.get(`stock-${sku} ${channel}/${key}/${line}`);
  const committed = standing?.committed.reduce((sum, { quantity }) => sum + quantity, 0) ?? 0;
  const issued = standing?.issued ?? 0;
  const open = ordered - cancelled - shipped;
  return committed === open && issued === shipped
    ? []
    : [
        `${sku} ${key}/${line} version ${version}: ${committed} committed and ${issued} issued, told ${open}, ${shipped}`,
      ];
};
