import type { Outcome, Position } from '#event-sourcing';
import { operator, type AdjustStock, type StockRefusal } from '#stock';
import type { ResolutionPorts } from './ports.js';

/** The ledger's way to take in a fact: `report` of the write side. */
export type ReportAdjustment = (
  asker: { readonly connection: string; readonly actor: string; readonly correlationId: string },
  sku: string,
  fact: Omit<AdjustStock, 'hash'>,
  said: { readonly momentGiven: boolean },
) => Promise<Outcome<unknown, StockRefusal>>;

type Parts = {
  readonly report: ReportAdjustment;
  readonly now: () => string;
  /** The last position of the log. */
  readonly head: () => Promise<Position | undefined>;
  /** Resolves when what workers read includes the position. @throws when that takes too long: it is asked again */
  readonly includedUpTo: (position: Position) => Promise<void>;
};

/** Adjustments by the operator, who may adjust everywhere. The key is the finding's: the same again posts nothing. */
export const adjustInLedger =
  ({ report, now, head, includedUpTo }: Parts): ResolutionPorts['adjust'] =>
  async ({ key, sku, location, quantity, actor, reason }) => {
    const fact: Omit<AdjustStock, 'hash'> = {
      kind: 'adjustment',
      connection: operator,
      sourceKey: key,
      sourceVersion: 1,
      occurredAt: now(),
      location,
      quantity,
      bucket: 'sellable',
      reason,
    };
    const asker = { connection: operator, actor, correlationId: key };
    const outcome = await report(asker, sku, fact, { momentGiven: false });
    switch (outcome.kind) {
      case 'accepted': {
        const position = outcome.position ?? (await head());
        if (position !== undefined) await includedUpTo(position);
        return { kind: 'posted' };
      }
      case 'refused':
        return { kind: 'refused', refusal: outcome.refusal };
      case 'command_id_reused':
      case 'too_large':
        return { kind: 'refused', refusal: { code: outcome.kind } };
      case 'busy':
      case 'deadline_exceeded':
      case 'unavailable':
      case 'outcome_unknown':
        throw new AdjustmentUndecidedError(outcome.kind);
      default:
        return outcome satisfies never;
    }
  };

/** The ledger has not said whether it is posted: it is asked again under the same key. */
export class AdjustmentUndecidedError extends Error {
  override readonly name = 'AdjustmentUndecidedError';
  constructor(readonly kind: 'busy' | 'deadline_exceeded' | 'unavailable' | 'outcome_unknown') {
    super(`The ledger has not decided an adjustment: ${kind}`);
  }
}
