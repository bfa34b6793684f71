import type { Ledger } from '#apps/ledger';
import type { FactReport } from '#apps/ledger';

type Snapshot = Parameters<Ledger['orders']['record']>[2];

/**
 * What the world outside did, written down before anybody hears of it. The auditor holds the end against these notes;
 * whatever was told twice, late, out of order or to a dying process, there is one right end.
 */
export type FactIntent = { readonly sku: string; readonly connection: string; readonly fact: FactReport };

/** Fact key -> its versions, by version; the version that was acknowledged last and highest. */
export type FactNotes = {
  readonly versions: Map<number, FactIntent>;
  acknowledged: number;
};
export type OrderNotes = {
  readonly channel: string;
  readonly orderKey: string;
  readonly snapshots: Snapshot[];
  acknowledged: number;
};
export type Notes = {
  readonly facts: Map<string, FactNotes>;
  readonly orders: Map<string, OrderNotes>;
  /** Ids of events that the ledger has acknowledged, and of which command. */
  readonly acknowledged: Map<string, string>;
  /** Stream -> the numbers that were answered of it, as the auditor words them: each must have stood at some time. */
  readonly answered: Map<string, Set<string>>;
  /** How often each kind of answer came: a simulation that only ever gets `busy` has simulated nothing. */
  readonly answers: Map<string, number>;
};

export const emptyNotes = (): Notes => ({
  facts: new Map(),
  orders: new Map(),
  acknowledged: new Map(),
  answered: new Map(),
  answers: new Map(),
});

export const count = ({ answers }: Notes, answer: string): void =>
  void answers.set(answer, (answers.get(answer) ?? 0) + 1);
/** A number was answered. */
export const noteAnswered = ({ answered }: Notes, sku: string, says: string): void => {
  const stream = `stock-${sku}`;
  answered.set(stream, (answered.get(stream) ?? new Set()).add(says));
};
export type { Snapshot };
