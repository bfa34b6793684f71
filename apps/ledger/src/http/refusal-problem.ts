import type { OrderRefusal } from '#orders';
import { ProblemError } from '#platform';
import type { PolicyRefusal } from '#policies';
import type { StockRefusal } from '#stock';

export type LedgerRefusal = StockRefusal | OrderRefusal | PolicyRefusal;

/**
 * The one switch from a refusal of the domain to an answer; the status of each code stands in the table of problem codes.
 * The refusal's own numbers go along: they explain it.
 */
export const refusalProblem = (refusal: LedgerRefusal): ProblemError => {
  const { code, ...facts } = refusal;
  switch (refusal.code) {
    case 'unknown_sku':
    case 'unknown_channel':
    case 'unknown_location':
    case 'unknown_order_line':
    case 'not_author':
    case 'occurred_in_future':
    case 'fact_reused':
    case 'fact_moved':
    case 'count_too_old':
    case 'basis_not_supported':
    case 'insufficient':
    case 'eta_unknown':
    case 'eta_before_order':
    case 'too_many_incoming_lines':
    case 'too_many_reservations':
    case 'reservation_not_found':
    case 'ttl_out_of_range':
    case 'not_committed_there':
    case 'location_not_open':
    case 'location_short':
    case 'location_not_of_channel':
    case 'too_many_quotas':
    case 'quantity_out_of_range':
    case 'snapshot_reused':
    case 'already_baselined':
    case 'already_defined':
    case 'policy_changed':
    case 'too_many_sku_policies':
    case 'bundle_in_itself':
    case 'bundle_too_deep':
    case 'sku_has_stock':
    case 'too_many_bundles':
      return new ProblemError(refusal.code, { facts, ...fieldOf(refusal) });
    case 'too_many_lines':
      return new ProblemError('too_many_items', { facts, field: 'lines' });
    case 'duplicate_line':
      return new ProblemError('duplicate_item', {
        facts,
        field: 'lines',
        detail: `line ${refusal.line} appears twice`,
      });
    case 'duplicate_location':
      return new ProblemError('duplicate_item', { facts, field: 'locations' });
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
  location_not_open: 'location',
  location_short: 'location',
  location_not_of_channel: 'location',
  not_committed_there: 'location',
  occurred_in_future: 'occurredAt',
  insufficient: 'quantity',
  eta_unknown: 'quantity',
  eta_before_order: 'eta',
  policy_changed: 'revision',
  bundle_in_itself: 'components',
  bundle_too_deep: 'components',
  sku_has_stock: 'sku',
};

const unknownRefusal = (_refusal: never, code: string): never => {
  throw new Error(`A refusal without an answer: ${code}`);
};
