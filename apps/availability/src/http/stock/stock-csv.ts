import { Readable } from 'node:stream';
import { pageRowsMax, type BalanceAt, type Moment, type MomentUsed, type Queries } from '#read-model';

const columns = [
  'sku',
  'location',
  'basis',
  'on_hand',
  'sellable',
  'reserved',
  'committed',
  'fenced',
  'quarantined',
  'damaged',
  'known_at',
  'happened_at',
] as const;

/** All balances at a moment as CSV (RFC 4180), read page by page as the client takes them. */
export const stockCsv = (queries: Pick<Queries, 'stockAt'>, moment: Moment): Readable =>
  Readable.from(linesOf(queries, moment), { objectMode: false });

async function* linesOf(queries: Pick<Queries, 'stockAt'>, asked: Moment): AsyncGenerator<string> {
  yield `${columns.join(',')}\r\n`;
  let after: string | undefined;
  do {
    const { rows, moment, next } = await queries.stockAt(asked, { after, limit: pageRowsMax });
    yield rows.map((row) => lineOf(row, moment)).join('');
    after = next;
  } while (after !== undefined);
}

const lineOf = (row: BalanceAt, { knownAt, happenedAt = '' }: MomentUsed): string => {
  const buckets =
    row.basis === 'all'
      ? [row.sellable, row.reserved, row.committed, sumOf(row.fenced), row.quarantined, row.damaged]
      : ['', '', '', '', '', ''];
  return `${[row.sku, row.location, row.basis, row.onHand, ...buckets, knownAt, happenedAt].map(quoted).join(',')}\r\n`;
};

const sumOf = (fenced: Readonly<Record<string, number>>): number =>
  Object.values(fenced).reduce((sum, quantity) => sum + quantity, 0);

const quoted = (value: string | number): string =>
  typeof value === 'string' && /[",\r\n]/u.test(value) ? `"${value.replaceAll('"', '""')}"` : String(value);
