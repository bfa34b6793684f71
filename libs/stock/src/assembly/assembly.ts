import { accepted, refused, type Decider, type Instant, type Known, type StreamKind } from '#event-sourcing';
import { assemblyLinesMax } from '../bounds.js';
import type { AssembleStock } from '../commands.js';
import { checkAuthor, checkLocation } from '../decide/authority.js';
import { checkMoment, checkQuantity, firstRefusal } from '../decide/form.js';
import type { StockPolicy } from '../policy.js';
import type { StockRefusal } from '../refusals.js';
import type { AssemblyLine, AssemblyRecorded, VersionedLine } from './events.js';

/** The whole assembly as its author has it. `hash`: the digest of what was said; the same version with another is refused. */
export type RecordAssembly = {
  readonly connection: string;
  readonly assembly: string;
  readonly version: number;
  readonly hash: string;
  readonly location: string;
  readonly occurredAt: Instant;
  /** Each SKU once, `assemblyLinesMax` at most. */
  readonly lines: readonly AssemblyLine[];
};

/** In this order: form, unknown_location, not_author, fact_reused, and last the lines of all versions. */
export type AssemblyRefusal =
  | StockRefusal
  | { readonly code: 'duplicate_sku'; readonly sku: string }
  | { readonly code: 'too_many_lines'; readonly lines: number; readonly max: number };

export type AssemblyState = Pick<AssemblyRecorded, 'data' | 'occurredAt'> | null;

const duplicateIn = (lines: readonly AssemblyLine[]): AssemblyRefusal | undefined => {
  const seen = new Set<string>();
  for (const { sku } of lines) {
    if (seen.has(sku)) return { code: 'duplicate_sku', sku };
    seen.add(sku);
  }
  return undefined;
};

const tooMany = (lines: readonly AssemblyLine[]): AssemblyRefusal | undefined =>
  lines.length <= assemblyLinesMax ? undefined : { code: 'too_many_lines', lines: lines.length, max: assemblyLinesMax };

const refusalOf = (command: RecordAssembly, policy: StockPolicy, now: Instant): AssemblyRefusal | undefined =>
  tooMany(command.lines) ??
  duplicateIn(command.lines) ??
  firstRefusal(
    ...command.lines.map(
      ({ quantity }) =>
        () =>
          checkQuantity(quantity),
    ),
    () => checkMoment(command.occurredAt, now),
    () => checkLocation(policy, command.location),
    () => checkAuthor(policy, command.connection, 'assembly', command.location),
  );

/** A line keeps its version while it, its place and its moment stay: for its SKU it is then the fact that it knows. */
const linesOf = (command: RecordAssembly, last: AssemblyState): readonly VersionedLine[] => {
  const { version, location, occurredAt, lines } = command;
  const stays = last !== null && last.data.location === location && last.occurredAt === occurredAt;
  const before = new Map(last?.data.lines.map((line) => [line.sku, line]));
  const named = new Set(lines.map(({ sku }) => sku));
  const gone = [...before.values()].filter(({ sku }) => !named.has(sku)).map((line) => ({ ...line, quantity: 0 }));
  return [...lines, ...gone].map(({ sku, role, quantity }) => {
    const known = before.get(sku);
    const same = stays && known?.role === role && known.quantity === quantity;
    return { sku, role, quantity, version: same ? known.version : version };
  });
};

/** A complete versioned assembly in; what each SKU is to hear follows from its one event. Pure. */
export const assemblyDecider: Decider<
  AssemblyState,
  RecordAssembly,
  AssemblyRecorded,
  AssemblyRefusal,
  StockPolicy,
  Known<never>
> = {
  initialState: () => null,
  decide: ({ command, now, policy }, last) => {
    const refusal = refusalOf(command, policy, now);
    if (refusal !== undefined) return refused(refusal);
    const { connection, assembly, version, hash, location, occurredAt } = command;
    if (last !== null && version < last.data.version) return accepted();
    if (last !== null && version === last.data.version)
      return hash === last.data.hash ? accepted() : refused({ code: 'fact_reused', sourceKey: assembly, version });
    const lines = linesOf(command, last);
    const beyond = tooMany(lines);
    if (beyond !== undefined) return refused(beyond);
    const data = { connection, assembly, version, hash, location, lines };
    return accepted({ type: 'AssemblyRecorded', data, occurredAt });
  },
  evolve: (_last, event) => {
    const { type, data, occurredAt } = event;
    if ((type as string) !== 'AssemblyRecorded') throw new Error(`this version does not know the event ${type}`);
    return { data, occurredAt };
  },
};

/** Streams of assemblies are named `assembly-<connection>-<key>`. */
export const assemblyPrefix = 'assembly';
export const assemblyStream = (connection: string, assembly: string): string =>
  `${assemblyPrefix}-${connection}-${assembly}`;

const lineCountOf = (state: AssemblyState): number => state?.data.lines.length ?? 0;

/** Assemblies hold no facts by key: a version against the newest is their only guard. */
export const assemblyKind: StreamKind<
  AssemblyState,
  RecordAssembly,
  AssemblyRecorded,
  AssemblyRefusal,
  StockPolicy,
  never
> = {
  prefix: assemblyPrefix,
  decider: assemblyDecider,
  schemaVersionOf: () => 1,
  factKeysOf: () => [],
  remembersFact: () => false,
  factsRememberedFrom: () => 0,
  forgetFacts: (state) => state,
  factCountOf: lineCountOf,
  snapshot: {
    foldVersion: 1,
    encode: (state) => state,
    entryCountOf: lineCountOf,
    decode: (value) => value as AssemblyState,
  },
};

/** What each SKU is told of an assembly; the content hash is added where it is sent. */
export const factsOfAssembly = ({
  data,
  occurredAt,
}: NonNullable<AssemblyState>): ReadonlyMap<string, Omit<AssembleStock, 'hash'>> => {
  const { connection, assembly: sourceKey, location, lines } = data;
  const reporting = { kind: 'assembly', connection, sourceKey, occurredAt, location } as const;
  return new Map(
    lines.map(({ sku, role, quantity, version }) => [sku, { ...reporting, sourceVersion: version, role, quantity }]),
  );
};
