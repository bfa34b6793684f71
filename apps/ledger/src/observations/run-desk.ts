import { canonicalJson, type Clock, type Digest, type Lanes, type Outcome } from '#event-sourcing';
import {
  observationStream,
  type ReceiveRun,
  type RejectRun,
  type ReleaseRun,
  type RunBasis,
  type RunCommand,
  type RunRefusal,
  type RunState,
} from '#observations';
import { expectedAt } from '#stock';
import { envelopeOf, type Caller } from '../caller.js';
import { gatherEvidence, isJudgeable, type EvidenceDesk, type EvidenceParts } from './evidence.js';

export type RunName = { readonly connection: string; readonly run: string };
export type RunOutcome = Outcome<RunState, RunRefusal>;
/** A figure beside what the ledger expects of that moment, as far as it knows now. */
export type ComparedRow = { readonly sku: string; readonly observed: number; readonly expected: number };

/** Runs of figures: judged when they arrive, looked at, released and rejected. */
export type RunDesk = {
  readonly receive: (run: Omit<ReceiveRun, 'command' | 'hash'>, caller: Caller) => Promise<RunOutcome>;
  readonly decide: (name: RunName, command: ReleaseRun | RejectRun, caller: Caller) => Promise<RunOutcome>;
  /** Undefined: no such run. */
  readonly find: (name: RunName) => Promise<NonNullable<RunState> | undefined>;
  /** Rows from a place on, at most so many. */
  readonly compare: (run: NonNullable<RunState>, from: number, rowsMax: number) => Promise<readonly ComparedRow[]>;
};

export type RunDeskDeps = EvidenceParts & {
  readonly runs: Lanes<RunState, RunCommand, RunRefusal>;
  readonly evidence: EvidenceDesk;
  readonly digest: Digest;
  readonly clock: Clock;
};

const hashOf = (digest: Digest, run: Omit<ReceiveRun, 'command' | 'hash'>): string => {
  const { connection: _connection, run: _run, rows, ...said } = run;
  return digest.of(canonicalJson({ ...said, rows: rows.map(({ sku, quantity }) => ({ sku, quantity })) }));
};

/** What is known already is not compared again: the same content is no news, and another one is refused. */
const prepare = async (deps: RunDeskDeps, command: ReceiveRun & { readonly basis: RunBasis }): Promise<void> => {
  const [known] = await deps.runs.load([observationStream(command.connection, command.run)]);
  if (known?.state) return;
  deps.evidence.lay(command, await gatherEvidence(deps, command, deps.clock.now()));
};

export const createRunDesk = (deps: RunDeskDeps): RunDesk => ({
  receive: async (run, caller) => {
    const command: ReceiveRun = { command: 'receive', ...run, hash: hashOf(deps.digest, run) };
    if (isJudgeable(command)) await prepare(deps, command);
    const stream = observationStream(run.connection, run.run);
    return deps.runs.execute(envelopeOf<RunCommand>(caller, { stream, command, guard: 'key' }));
  },
  decide: ({ connection, run }, command, caller) =>
    deps.runs.execute(
      envelopeOf<RunCommand>(caller, { stream: observationStream(connection, run), command, guard: 'key' }),
    ),
  find: async ({ connection, run }) => {
    const [found] = await deps.runs.load([observationStream(connection, run)]);
    return found?.state ?? undefined;
  },
  compare: async ({ header, rows }, from, rowsMax) => {
    const page = rows.slice(from, from + rowsMax);
    const loaded = await deps.stock.load(page.map(({ sku }) => deps.stockStream(sku)));
    return page.map(({ sku, quantity }, index) => {
      const state = loaded[index]?.state;
      return { sku, observed: quantity, expected: state === undefined ? 0 : expectedAt(state, header) };
    });
  },
});
