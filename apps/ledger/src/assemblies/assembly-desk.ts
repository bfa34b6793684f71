import { canonicalJson, type Digest, type JsonObject, type Lanes, type Position, type Revision } from '#event-sourcing';
import {
  assemblyStream,
  type AssemblyRefusal,
  type AssemblyState,
  type RecordAssembly,
  type StockRefusal,
  type VersionedLine,
} from '#stock';
import { envelopeOf, type Caller } from '../caller.js';
import type { Failure } from '../failure.js';
import type { Deliveries, Sending, SkuOutcome } from '../orders/index.js';
import { sendTargets } from '../orders/index.js';
import { assemblyErrands } from './assembly-errands.js';

/** `pending`: its SKU stream has not answered; the backstop brings it there. */
export type AssemblyLineAnswer = VersionedLine & {
  readonly status: 'posted' | 'pending';
  readonly refusal?: StockRefusal;
};

export type AssemblyAnswer =
  | {
      readonly kind: 'recorded';
      /** Of the newest version; higher than the one sent when that was overtaken. */
      readonly version: number;
      readonly revision: Revision;
      readonly position?: Position;
      readonly opened: boolean;
      readonly lines: readonly AssemblyLineAnswer[];
    }
  | { readonly kind: 'failed'; readonly failure: Failure<AssemblyRefusal> };

export type AssemblyDeskDeps<State> = Sending<State> & {
  readonly assemblies: Lanes<AssemblyState, RecordAssembly, AssemblyRefusal>;
  readonly deliveries: Deliveries;
  readonly digest: Digest;
};

/** What was said is hashed; a moment that was left out was not said. */
export type AssemblyReport = Omit<RecordAssembly, 'hash'>;

const answerOf = <State>(line: VersionedLine, outcome: SkuOutcome<State> | undefined): AssemblyLineAnswer => {
  if (outcome?.kind === 'accepted') return { ...line, status: 'posted' };
  return { ...line, status: 'pending', ...(outcome?.kind === 'refused' && { refusal: outcome.refusal }) };
};

const highest = <State>(own: Position | undefined, outcomes: Iterable<SkuOutcome<State>>): Position | undefined => {
  let position = own;
  for (const outcome of outcomes)
    if (outcome.kind === 'accepted' && outcome.position !== undefined && outcome.position > (position ?? ''))
      position = outcome.position;
  return position;
};

const hashOf = ({ connection: _connection, assembly: _assembly, ...said }: AssemblyReport, momentGiven: boolean) => {
  const { occurredAt, ...rest } = said;
  return { ...rest, lines: rest.lines.map((line) => ({ ...line })), ...(momentGiven && { occurredAt }) } as JsonObject;
};

/**
 * An assembly is a fact in two steps, as an order is: its own append is the durable one, then each SKU is told its part of
 * it. Both are safe to repeat, by version; what a crash leaves between them the backstop brings there.
 */
export const createAssemblyDesk = <State>(deps: AssemblyDeskDeps<State>) => ({
  record: (report: AssemblyReport, momentGiven: boolean, caller: Caller): Promise<AssemblyAnswer> => {
    const stream = assemblyStream(report.connection, report.assembly);
    const command = { ...report, hash: deps.digest.of(canonicalJson(hashOf(report, momentGiven))) };
    return deps.deliveries.during(stream, async (): Promise<AssemblyAnswer> => {
      const recorded = await deps.assemblies.execute(envelopeOf(caller, { stream, command, guard: 'key' }));
      if (recorded.kind !== 'accepted') return { kind: 'failed', failure: recorded };
      const { state, revision, opened } = recorded;
      if (state === null) throw new Error(`${stream} was recorded and is not there`);
      const outcomes = await sendTargets(deps, { stream, revision }, assemblyErrands(state, deps.digest), caller);
      if ([...outcomes.values()].every(({ kind }) => kind === 'accepted')) deps.deliveries.note(stream, revision);
      const position = highest(recorded.position, outcomes.values());
      const lines = state.data.lines.map((line) => answerOf(line, outcomes.get(line.sku)));
      return { kind: 'recorded', version: state.data.version, revision, opened, lines, ...(position && { position }) };
    });
  },
});

export type AssemblyDesk = ReturnType<typeof createAssemblyDesk>;
