import type { RunRefusal } from '#observations';
import type { OrderRefusal } from '#orders';
import { ProblemError } from '#platform';
import type { PolicyRefusal } from '#policies';
import type { AssemblyRefusal, StockRefusal } from '#stock';

export type LedgerRefusal = StockRefusal | AssemblyRefusal | OrderRefusal | PolicyRefusal | RunRefusal;

/** Refusals whose code is the problem's own. */
const toldAsTheyAre = {
  unknown_sku: true,
  unknown_channel: true,
  unknown_location: true,
  unknown_order_line: true,
  not_author: true,
  occurred_in_future: true,
  fact_reused: true,
  fact_moved: true,
  count_too_old: true,
  basis_not_supported: true,
  insufficient: true,
  eta_unknown: true,
  eta_before_order: true,
  too_many_incoming_lines: true,
  too_many_reservations: true,
  reservation_not_found: true,
  ttl_out_of_range: true,
  not_committed_there: true,
  location_not_open: true,
  location_short: true,
  location_not_of_channel: true,
  too_many_quotas: true,
  quantity_out_of_range: true,
  snapshot_reused: true,
  already_baselined: true,
  already_defined: true,
  policy_changed: true,
  too_many_sku_policies: true,
  row_count_differs: true,
  run_reused: true,
  unknown_run: true,
  run_not_held: true,
  row_not_in_run: true,
  bundle_in_itself: true,
  bundle_too_deep: true,
  sku_has_stock: true,
  too_many_bundles: true,
} as const satisfies { readonly [Code in LedgerRefusal['code']]?: true };
type ToldAsItIs = Extract<LedgerRefusal, { readonly code: keyof typeof toldAsTheyAre }>;

const isToldAsItIs = (refusal: LedgerRefusal): refusal is ToldAsItIs => Object.hasOwn(toldAsTheyAre, refusal.code);

/**
 * The one switch from a refusal of the domain to an answer; the status of each code stands in the table of problem codes.
 * The refusal's own numbers go along: they explain it.
 */
export const refusalProblem = (refusal: LedgerRefusal): ProblemError => {
  const { code, ...facts } = refusal;
  if (isToldAsItIs(refusal)) return new ProblemError(refusal.code, { facts, ...fieldOf(refusal) });
  switch (refusal.code) {
    case 'too_many_lines':
      return new ProblemError('too_many_items', { facts, field: 'lines' });
    case 'duplicate_line':
      return new ProblemError('duplicate_item', {
        facts,
        field: 'lines',
        detail: `line ${refusal.line} appears twice`,
      });
    case 'too_many_rows':
      return new ProblemError('too_many_items', { facts, field: 'rows' });
    case 'duplicate_row':
      return new ProblemError('duplicate_item', { facts, field: 'rows' });
    case 'duplicate_sku':
      return new ProblemError('duplicate_item', { facts, detail: `${refusal.sku} appears twice` });
    case 'duplicate_location':
      return new ProblemError('duplicate_item', { facts, field: 'locations' });
    case 'duplicate_observer':
      return new ProblemError('duplicate_item', { facts, field: 'observers' });
    case 'duplicate_component':
      return new ProblemError('duplicate_item', { facts, field: 'components' });
    case 'invalid':
      return new ProblemError('invalid_code', {
        field: refusal.field,
        detail: `${refusal.field} is ${refusal.reason}`,
      });
    case 'out_of_range':
      return new ProblemError('invalid_value', { facts, field: refusal.field });
    case 'confidence_out_of_range':
      return new ProblemError('invalid_value', { facts, field: 'confidence' });
    case 'priority_out_of_range':
      return new ProblemError('invalid_value', { facts, field: 'priority' });
    case 'invalid_time':
      return new ProblemError('invalid_value', {
        facts,
        field: refusal.field,
        detail: 'must be HH:MM, 00:00 to 23:59',
      });
    case 'unknown_time_zone':
      return new ProblemError('invalid_value', {
        facts,
        field: refusal.field,
        detail: 'must be a zone as Europe/Berlin',
      });
    case 'release_before_opening':
      return new ProblemError('invalid_value', { facts, field: `${refusal.field}.releaseAt` });
    case 'unknown_kind':
      return new ProblemError('invalid_value', { facts, field: `${refusal.field}.${refusal.kind}` });
    default:
      return unknownRefusal(refusal, code);
  }
};

/** Which field of the request a refusal is about, where it is about one. */
const fieldOf = (refusal: LedgerRefusal): { readonly field?: string } => {
  if ('field' in refusal) return { field: refusal.field };
  const field = fieldsByCode[refusal.code];
  return field === undefined ? {} : { field };
};

const fieldsByCode: { readonly [Code in LedgerRefusal['code']]?: string } = {
  unknown_sku: 'sku',
  unknown_channel: 'channel',
  unknown_location: 'location',
  location_not_open: 'to',
  location_short: 'to',
  location_not_of_channel: 'location',
  not_committed_there: 'location',
  occurred_in_future: 'occurredAt',
  insufficient: 'quantity',
  eta_unknown: 'quantity',
  eta_before_order: 'eta',
  policy_changed: 'revision',
  row_count_differs: 'rowCount',
  run_reused: 'run',
  row_not_in_run: 'skus',
  bundle_in_itself: 'components',
  bundle_too_deep: 'components',
  sku_has_stock: 'sku',
};

const unknownRefusal = (_refusal: never, code: string): never => {
  throw new Error(`A refusal without an answer: ${code}`);
};
