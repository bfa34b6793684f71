import { plus, type Instant } from '#event-sourcing';
import { aheadMillisMax, baseUnitsMax, lineUnitsPerSaleMax, orderLinesMax, soldUnitsMax } from './bounds.js';
import type { BaselineOrder, RecordOrder } from './commands.js';
import { takenBy } from './components.js';
import type { FrozenLine, Snapshot, SnapshotLine } from './events.js';
import type { OrderRefusal } from './refusals.js';

type Check = OrderRefusal | undefined;

const outside = (field: string, quantity: number, max: number, line?: string, min = 0): Check =>
  Number.isSafeInteger(quantity) && quantity >= min && quantity <= max
    ? undefined
    : { code: 'quantity_out_of_range', field, quantity, max, ...(line === undefined ? {} : { line }) };

const tooMany = (lines: readonly unknown[]): Check =>
  lines.length <= orderLinesMax ? undefined : { code: 'too_many_lines', lines: lines.length, max: orderLinesMax };

const duplicateIn = (lines: readonly { readonly line: string }[]): Check => {
  const seen = new Set<string>();
  for (const { line } of lines) {
    if (seen.has(line)) return { code: 'duplicate_line', line };
    seen.add(line);
  }
  return undefined;
};

/** The first refusal that a check finds among lines. */
const firstAmong = <Line>(lines: readonly Line[], check: (line: Line) => Check): Check => {
  for (const line of lines) {
    const refusal = check(line);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
};

/** Every figure of a line, times so many units; what is left out is 0. */
const figuresWithin = (line: SnapshotLine, units: number, max: number): Check =>
  outside('ordered', line.ordered * units, max, line.line) ??
  outside('cancelled', line.cancelled * units, max, line.line) ??
  outside('shipped', (line.shipped ?? 0) * units, max, line.line) ??
  outside('refunded', (line.refunded ?? 0) * units, max, line.line) ??
  outside('restocked', (line.restocked ?? 0) * units, max, line.line);

const lineForm = (line: SnapshotLine): Check =>
  figuresWithin(line, 1, soldUnitsMax) ??
  ('sku' in line.product
    ? outside('product.unitsPerSale', line.product.unitsPerSale, lineUnitsPerSaleMax, line.line, 1)
    : undefined);

/** Counts and numbers of a snapshot. Cancelling more than was ordered is a fact: it counts as all of it. */
export const snapshotForm = ({ snapshot }: RecordOrder): Check =>
  tooMany(snapshot.lines) ??
  duplicateIn(snapshot.lines) ??
  outside('version', snapshot.version, Number.MAX_SAFE_INTEGER) ??
  firstAmong(snapshot.lines, lineForm);

export const baselineForm = ({ lines }: BaselineOrder): Check =>
  tooMany(lines) ??
  duplicateIn(lines) ??
  firstAmong(
    lines,
    ({ line, issued, returned }) =>
      outside('issued', issued, soldUnitsMax, line) ?? outside('returned', returned, soldUnitsMax, line),
  );

/** Backdating is the rule with orders; more than a clock's difference ahead is a mistake. */
export const snapshotTimes = ({ changedAt, placedAt }: Snapshot, now: Instant): Check => {
  if (placedAt <= now && changedAt <= now) return undefined;
  const latest = plus(now, aheadMillisMax);
  if (placedAt > latest) return { code: 'occurred_in_future', field: 'placedAt', occurredAt: placedAt, now };
  if (changedAt > latest) return { code: 'occurred_in_future', field: 'changedAt', occurredAt: changedAt, now };
  return undefined;
};

/** Of all SKUs that a line takes the most units of one. */
const mostUnitsOf = (frozen: FrozenLine): number =>
  frozen.bundle === undefined ? frozen.unitsPerSale : Math.max(...takenBy(frozen).map(({ units }) => units));

/** Both factors are bounded before they are multiplied: a product within bounds is exact. */
export const lineInBaseUnits = (line: SnapshotLine, frozen: FrozenLine): Check =>
  figuresWithin(line, mostUnitsOf(frozen), baseUnitsMax);
