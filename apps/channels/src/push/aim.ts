import { heard, isDue, targetOf, type Capabilities, type RowRecord } from '#channel-kit';
import type { SkuFigures } from '../contracts/index.js';
import type { ShopRow } from '../store/index.js';

/** A row with what the ledger says of it now. Figures of the listing. */
export type AimedRow = ShopRow & { readonly target: number; readonly sequence: number };

type Range = Pick<Capabilities, 'quantityMin' | 'quantityMax'>;

/**
 * What a row should show: whole sales of what is shown and of what is held for this very listing. A marketplace that lowers
 * nothing itself has no units of its own to give up: it shows what may be promised.
 */
export const aim = (
  row: ShopRow,
  { shown, heldByListing, sequence }: SkuFigures,
  capabilities: Range & Pick<Capabilities, 'decrementsItself'>,
): AimedRow => {
  const held = capabilities.decrementsItself ? (heldByListing[row.listing] ?? 0) : 0;
  const range = { min: Math.max(0, capabilities.quantityMin), max: capabilities.quantityMax };
  const figures = { shown, held };
  const pendingUnits = row.pending * row.unitsPerSale;
  const target = targetOf(figures, { pendingUnits }, row.unitsPerSale, range);
  return { ...row, record: renewed(row.record, { ...figures, sequence }), target, sequence };
};

/** The figures are those of this moment: of one announcement there may be newer ones. */
const renewed = (record: RowRecord, announced: NonNullable<RowRecord['announced']>): RowRecord =>
  announced.sequence === record.announced?.sequence ? { ...record, announced } : heard(record, announced);

/** Whether it is read at all: what is known of it may say that it shows what it should. */
export const isToBeRead = ({ record, target, readBy }: AimedRow, now: number): boolean =>
  (readBy !== undefined && readBy <= now) || isDue(record, target, now);
