import { lineOf } from './edits.js';
import { type Path, pathsBetween } from './history.js';
import { movedOnPath, movedSinceBegun, movedSinceMade, movedWhileMade } from './lines.js';
import { either, lineChanges, movedOnly, movesByRow, type NumberSet, sum, times } from '#channel-kit';
import { sharesOf } from './packs.js';
import { movedByRefunds } from './refunds.js';
import { keyOf, type RowKey } from './rows.js';
import { type OrderLine, type OrderView, type ShopView } from './views.js';

/** Per row the changes of its quantity of which one is what the shop did. A row that is not here did not move. */
export type RowChanges = ReadonlyMap<RowKey, NumberSet>;

type LineMove = { readonly line: OrderLine; readonly moved: NumberSet };

/** Moves of the lines along one path, added up by row: they happened together. */
const byRow = (shop: ShopView, shopId: number, moves: readonly LineMove[]): RowChanges =>
  movesByRow(
    moves.flatMap(({ line, moved }) =>
      sharesOf(shop, shopId, line).map(({ row, units }) => [keyOf(row), times(moved, units)] as const),
    ),
  );

/** One of the ways was gone. Every way has the same lines, and so the same rows. */
const oneOf = (ways: readonly RowChanges[]): RowChanges => {
  const rows = new Map<RowKey, NumberSet>();
  for (const way of ways) {
    for (const [key, moved] of way) {
      const known = rows.get(key);
      rows.set(key, known === undefined ? moved : either(known, moved));
    }
  }
  return movedOnly(rows);
};

const movesOnPath = (
  shop: ShopView,
  before: OrderView | undefined,
  after: OrderView,
  path: Path,
): readonly LineMove[] => {
  if (before === undefined) return after.lines.map((line) => ({ line, moved: movedSinceMade(shop, line, path) }));
  if (path.madeIn !== undefined) return after.lines.map((line) => ({ line, moved: movedSinceBegun(shop, line, path) }));
  return lineChanges(before.lines, after.lines).map((change) => ({
    line: lineOf(change),
    moved: sum(movedOnPath(shop, change, path), movedByRefunds(before, after, change)),
  }));
};

const allLines = (before: OrderView | undefined, after: OrderView): readonly OrderLine[] => [
  ...(before?.lines ?? []),
  ...after.lines,
];

/**
 * What the shop did to its own rows between two readings of one order, as far as these tell: `before` is undefined for an
 * order that was not there, `after` for one that is no longer there (its deletion moves nothing). The rules were measured
 * on 8.2.1 and 9.1.4; what the shop does to a product on its own pages, and what others write, is not part of it.
 *
 * An order without any history row is still being made: each of its lines may be taken or not. Better compare the next
 * reading with the one before it, then the doubt is gone.
 */
export const changesBetween = (
  before: OrderView | undefined,
  after: OrderView | undefined,
  shop: ShopView,
): RowChanges => {
  if (after === undefined) return new Map();
  if (after.history.length === 0 && (before?.history.length ?? 0) === 0) {
    const moves = after.lines.map((line) => ({ line, moved: movedWhileMade(line) }));
    return oneOf([byRow(shop, after.shopId, moves)]);
  }
  const paths = pathsBetween(before, after);
  if (paths === 'unknown') {
    const moves = allLines(before, after).map((line) => ({ line, moved: 'unknown' as const }));
    return byRow(shop, after.shopId, moves);
  }
  return oneOf(paths.map((path) => byRow(shop, after.shopId, movesOnPath(shop, before, after, path))));
};
