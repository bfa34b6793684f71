import { examine, ProblemError } from '#platform';
import type { FactCommand } from '#stock';
import { AdjustmentRequest } from './adjustment.request.js';
import { BucketChangeRequest } from './bucket-change.request.js';
import { CountRequest } from './count.request.js';
import { IncomingRequest } from './incoming.request.js';
import { IssueRequest } from './issue.request.js';
import { ReceiptRequest } from './receipt.request.js';
import { ReturnRequest } from './return.request.js';
import { TransferCloseRequest } from './transfer-close.request.js';
import { TransferDispatchRequest } from './transfer-dispatch.request.js';
import { TransferReceiptRequest } from './transfer-receipt.request.js';

/** Every kind of movement and the request class that checks it; the figures of machines come in runs. */
export const movementRequests = {
  receipt: ReceiptRequest,
  issue: IssueRequest,
  return: ReturnRequest,
  adjustment: AdjustmentRequest,
  count: CountRequest,
  bucket_change: BucketChangeRequest,
  transfer_dispatch: TransferDispatchRequest,
  transfer_receipt: TransferReceiptRequest,
  transfer_close: TransferCloseRequest,
  incoming: IncomingRequest,
} as const satisfies Record<Exclude<FactCommand['kind'], 'observation' | 'assembly'>, new () => object>;

export type MovementRequest = InstanceType<(typeof movementRequests)[keyof typeof movementRequests]>;

/** A movement of any kind, checked by the class of its kind; the problem is a value, for batches. */
export const examineMovement = (
  plain: unknown,
): { readonly request: MovementRequest } | { readonly problem: ProblemError } => {
  if (plain === undefined) return { problem: new ProblemError('body_missing') };
  if (typeof plain !== 'object' || plain === null || Array.isArray(plain)) {
    return { problem: new ProblemError('invalid_value', { detail: 'A movement must be a JSON object' }) };
  }
  const { kind } = plain as { kind?: unknown };
  if (kind === undefined)
    return { problem: new ProblemError('missing_field', { field: 'kind', detail: 'kind is required' }) };
  return isKind(kind) ? examine<MovementRequest>(movementRequests[kind], plain) : { problem: unknownKind() };
};

const isKind = (kind: unknown): kind is keyof typeof movementRequests =>
  typeof kind === 'string' && Object.hasOwn(movementRequests, kind);

const unknownKind = (): ProblemError =>
  new ProblemError('invalid_value', {
    field: 'kind',
    detail: `kind must be one of ${Object.keys(movementRequests).join(', ')}`,
  });
