import { plus, type Instant } from '#event-sourcing';
import { budgetMillis, runBases, runRowsMax, type Evidence, type ReceiveRun, type RunBasis } from '#observations';
import type { AskedOfRuns, RunSurroundings } from '#read-model';
import { expectedAt, type StockState } from '#stock';
import type { StockLanes } from '../orders/index.js';

/** What the read side knows around a run; it may be late, and no quantity rests on it. */
export type Surroundings = (asked: AskedOfRuns) => Promise<RunSurroundings>;

/** SKU states that are read at a time: a run may name as many SKUs as half of all that are kept in memory. */
const statesAtOnceMax = 500;

/**
 * What the ledger knows of a run, on its way beside the command: the desk lays it down, and the policy of runs picks it
 * up as often as the command is decided.
 */
export type EvidenceDesk = {
  readonly lay: (command: ReceiveRun, evidence: Evidence) => void;
  readonly pickUp: (command: ReceiveRun) => Evidence | undefined;
};

export const createEvidenceDesk = (): EvidenceDesk => {
  const laid = new WeakMap<ReceiveRun, Evidence>();
  return {
    lay: (command, evidence) => void laid.set(command, evidence),
    pickUp: (command) => laid.get(command),
  };
};

export type EvidenceParts = {
  readonly stock: Pick<StockLanes<StockState>, 'load'>;
  readonly stockStream: (sku: string) => string;
  readonly surroundings: Surroundings;
};

type Differences = Pick<Evidence, 'zeros' | 'changes' | 'units'>;
type Judgeable = ReceiveRun & { readonly basis: RunBasis };

/** A run that is refused for its form is compared with nothing. */
export const isJudgeable = (command: ReceiveRun): command is Judgeable =>
  command.rows.length === command.rowCount &&
  command.rows.length <= runRowsMax &&
  runBases.some((basis) => basis === command.basis);

const differencesOf = async ({ stock, stockStream }: EvidenceParts, command: Judgeable): Promise<Differences> => {
  let [zeros, changes, units] = [0, 0, 0];
  for (let from = 0; from < command.rows.length; from += statesAtOnceMax) {
    const rows = command.rows.slice(from, from + statesAtOnceMax);
    const loaded = await stock.load(rows.map(({ sku }) => stockStream(sku)));
    for (const [index, { quantity }] of rows.entries()) {
      const state = loaded[index]?.state;
      const expected = state === undefined ? 0 : expectedAt(state, command);
      if (quantity === 0 && expected > 0) zeros += 1;
      if (quantity !== expected) changes += 1;
      units += Math.abs(quantity - expected);
    }
  }
  return { zeros, changes, units };
};

/** Compares a run with what the ledger expects of each of its SKUs at the run's own moment, and with the SKUs it leaves out. */
export const gatherEvidence = async (parts: EvidenceParts, command: Judgeable, now: Instant): Promise<Evidence> => {
  const { connection, location, rows } = command;
  const [differences, around] = await Promise.all([
    differencesOf(parts, command),
    parts.surroundings({ connection, location, skus: rows.map(({ sku }) => sku), since: plus(now, -budgetMillis) }),
  ]);
  return { ...around, ...differences };
};
