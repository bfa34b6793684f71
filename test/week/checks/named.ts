import type { Finding } from '#apps/channels';
import type { Cause } from '#channel-kit';
import type { CauseName, Injection, Notes } from '../notes.js';

/** What may be logged of what was done. Nothing in the shop tells of a typed figure, or of a refund that has no slip yet. */
const named: Readonly<Record<CauseName, readonly Cause[]>> = {
  'a lost decrement': ['lost_decrement'],
  'a write crossed by a sale': ['crossed'],
  'a sale crossed by a write': ['crossed'],
  'a late request': ['late_request', 'crossed'],
  'a hand edit up': ['unknown'],
  'a hand edit down': ['unknown'],
  'an order in the making': ['crossed', 'lost_decrement'],
  'a feed outage': ['crossed', 'double_transition', 'lost_decrement'],
  'hints twice and shuffled': [],
  'a restock that the row tells first': ['unknown', 'double_restock'],
  'a double restock': ['double_restock', 'double_transition'],
  'a crash': ['late_request', 'crossed'],
  'a sale elsewhere': [],
};

/** A first look at missing units says nothing yet. */
const isSaid = ({ kind }: Finding): boolean => kind !== 'below';

const concerns = (injection: Injection, { channel, row, at }: Finding): boolean =>
  injection.channel === channel &&
  injection.row === row &&
  injection.from <= at &&
  at <= injection.until &&
  injection.cause !== 'a sale elsewhere';

export type Naming = {
  readonly wrong: readonly string[];
  /** By what was done: what was logged of it, and how often. */
  readonly table: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** Of what could have been named, the share that was not. */
  readonly unknownShare: number;
};

const add = (table: Map<string, Map<string, number>>, done: string, logged: string): void => {
  const row = table.get(done) ?? new Map<string, number>();
  table.set(done, row.set(logged, (row.get(logged) ?? 0) + 1));
};

const inWords = ({ channel, row, kind, cause, read, expected, at }: Finding): string =>
  `${kind} by ${cause} at ${channel} ${row}: read ${read}, expected ${String(expected)}, ${new Date(at).toISOString()}`;

/** Whether what was logged is what was done, and nothing was logged that nobody did. */
export const judgeNames = ({ findings, injections }: Notes): Naming => {
  const wrong: string[] = [];
  const table = new Map<string, Map<string, number>>();
  const seen = new Set<Injection>();
  let [nameable, unknown] = [0, 0];
  for (const finding of findings.filter(isSaid)) {
    const possible = injections.filter((injection) => concerns(injection, finding));
    for (const one of possible) seen.add(one);
    const right = possible.find(({ cause }) => named[cause].includes(finding.cause));
    const blamed = right ?? possible[0];
    add(table, blamed?.cause ?? 'nothing', `${finding.kind}: ${finding.cause}`);
    if (blamed === undefined) wrong.push(`Nobody did it: ${inWords(finding)}`);
    else if (right === undefined && finding.cause !== 'unknown')
      wrong.push(`It was ${blamed.cause}: ${inWords(finding)}`);
    if (right !== undefined && finding.cause === 'unknown') continue;
    nameable += 1;
    if (finding.cause === 'unknown') unknown += 1;
  }
  const unseen = injections.filter((injection) => injection.isSeen && !seen.has(injection));
  for (const { cause, channel, row, from } of unseen)
    wrong.push(`Nobody saw ${cause} at ${channel} ${row}, ${new Date(from).toISOString()}`);
  return { wrong, table, unknownShare: nameable === 0 ? 0 : unknown / nameable };
};
