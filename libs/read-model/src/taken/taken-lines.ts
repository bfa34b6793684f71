import { positionOf } from '#event-sourcing';
import type { EventStore, Position, RecordedEvent, Revision } from '#event-sourcing';
import { loadStatements, textArray } from '#postgres';
import type { Pool } from '#postgres';
import { factsOf, lineKeyOf } from '#stock';
import type { OrderLine } from '#stock';
import { asStockEvent, stockStreamOf } from '../events/ledger-event.js';
import { run } from '../sql.js';

const sql = loadStatements(new URL('./sql/', import.meta.url), ['read-indexed-to', 'read-taken-lines']);

/** An order line on one of the SKUs that it takes. */
export type AskedLine = OrderLine & { readonly sku: string };

/** The newest target that a SKU's stream has taken in for a line; `isFolded`: the rows that questions are answered from have it. */
export type TakenLine = { readonly version: Revision; readonly isFolded: boolean };

export type TakenLines = {
  /** In the order of asking; undefined: its SKU has not heard of it, as far as the index knows. */
  readonly lines: readonly (TakenLine | undefined)[];
  /** The index knew at least everything up to here; undefined: nothing. */
  readonly knownTo: Position | undefined;
};

export type TakenLinesParts = { readonly pool: Pool; readonly store: Pick<EventStore, 'read'> };

/** Lines of one statement, and events of one read: an order has few. */
const linesAtOnceMax = 2_000;

/** What of the targets of order lines has arrived at their SKUs: a statement and a read of the store for 2,000 lines. */
export const readTakenLines = async (parts: TakenLinesParts, asked: readonly AskedLine[]): Promise<TakenLines> => {
  // Before the lines: what they do not know then is not there up to this position.
  const [index] = await run<{ position: number | null }>(parts.pool, sql['read-indexed-to']);
  const lines: (TakenLine | undefined)[] = [];
  for (let start = 0; start < asked.length; start += linesAtOnceMax)
    lines.push(...(await readPiece(parts, asked.slice(start, start + linesAtOnceMax))));
  return { lines, knownTo: index?.position ? positionOf(index.position) : undefined };
};

type Row = {
  readonly key: string;
  readonly stream: string;
  readonly revision: Revision;
  readonly folded: boolean;
};

const nameOf = (stream: string, key: string): string => `${stream}\u0000${key}`;

const readPiece = async (
  { pool, store }: TakenLinesParts,
  asked: readonly AskedLine[],
): Promise<readonly (TakenLine | undefined)[]> => {
  const places = asked.map(({ sku, ...line }) => ({ sku, key: lineKeyOf(line), stream: stockStreamOf(sku) }));
  const columns = [places.map(({ key }) => key), places.map(({ stream }) => stream), places.map(({ sku }) => sku)];
  const rows = await run<Row>(pool, sql['read-taken-lines'], columns.map(textArray));
  if (rows.length === 0) return places.map(() => undefined);
  const events = await store.read(
    rows.map(({ stream, revision }) => ({ stream, from: revision })),
    1,
  );
  const taken = new Map(
    rows.map(({ stream, key, folded }, index) => [
      nameOf(stream, key),
      { version: versionIn(events[index]?.[0], key), isFolded: folded },
    ]),
  );
  return places.map(({ stream, key }) => taken.get(nameOf(stream, key)));
};

const versionIn = (event: RecordedEvent | undefined, key: string): Revision => {
  const record = event && factsOf(asStockEvent(event)).find((fact) => fact.key === key)?.record;
  if (record?.kind !== 'line') throw new Error(`The index names an event for ${key} that does not speak of it`);
  return record.line.version;
};
