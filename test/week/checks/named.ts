import type { Finding } from '#apps/channels';
import type { Cause } from '#channel-kit';
import { instantOf } from '#event-sourcing';
import { count, readSince, type CauseName, type Injection, type Notes } from '../notes.js';

/**
 * What may be logged of what was done; nothing where what it leads to was among the figures that were expected, which are put
 * right without a word. Nothing in the shop tells of a typed figure, or of a refund that has no slip yet.
 */
const named: Readonly<Record<CauseName, readonly Cause[]>> = {
  'a lost decrement': ['lost_decrement'],
  'a write crossed by a sale': ['crossed'],
  'a sale crossed by a write': [],
  'a late request': ['late_request'],
  'a hand edit up': ['unknown'],
  'a hand edit down': ['unknown'],
  'an order in the making': [],
  'a feed outage': [],
  'hints twice and shuffled': [],
  'a restock that the row tells first': ['unknown'],
  'a double restock': ['double_restock'],
  'a crash': ['late_request'],
  'a sale elsewhere': [],
  'a late payment': [],
  'a double payment': [],
  'a double cancellation': [],
  'an order in the trash': [],
  'a deleted order': [],
  'a line moved to another product': [],
  'a refund beyond what was sold': [],
  'a refused row': [],
  'an order deleted unread': ['unknown'],
  'a line moved unread': ['unknown'],
};

/** Nothing tells of it, and an order should have: it counts among what could have been named. */
const untold: ReadonlySet<CauseName> = new Set(['an order deleted unread', 'a line moved unread']);

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
  `${kind} by ${cause} at ${channel} ${row}: read ${read}, expected ${String(expected)}, ${instantOf(at)}`;

/** What was done to the row last before, for people: it may be that it showed later than it should have. */
const lastBefore = (notes: Notes, { channel, row, at }: Finding): string => {
  const last = notes.injections.findLast((one) => one.channel === channel && one.row === row && one.from <= at);
  return last === undefined ? 'nothing was ever done there' : `the last was ${last.cause}, ${instantOf(last.from)}`;
};

/** The row was read before the feed could tell what has moved it: nobody could have named it. */
const toldByRowFirst = (notes: Notes, { channel, at }: Finding, { doneAt }: Injection): boolean =>
  (readSince(notes, channel, doneAt + 1) ?? Infinity) > at;

/** Some were written over by something else before anybody looked. */
const unseenShareMax = 0.1;

const unseenIn = (notes: Notes, seen: ReadonlySet<Injection>): readonly string[] => {
  const needed = notes.injections.filter(({ isSeen }) => isSeen);
  const unseen = needed.filter((injection) => !seen.has(injection));
  count(notes, 'not seen by anybody', unseen.length);
  if (unseen.length <= Math.ceil(needed.length * unseenShareMax)) return [];
  return unseen.map(({ cause, channel, row, from }) => `Nobody saw ${cause} at ${channel} ${row}, ${instantOf(from)}`);
};

type Named = { readonly done: string; readonly logged: string; readonly wrong?: string; readonly isNameable: boolean };

const nameOf = (notes: Notes, finding: Finding, possible: readonly Injection[]): Named => {
  const right = possible.find(({ cause }) => named[cause].includes(finding.cause));
  const blamed = right ?? possible[0];
  const logged = `${finding.kind}: ${finding.cause}`;
  if (blamed === undefined)
    return {
      done: 'nothing',
      logged,
      wrong: `Nobody did it: ${inWords(finding)}; ${lastBefore(notes, finding)}`,
      isNameable: true,
    };
  if (right === undefined && toldByRowFirst(notes, finding, blamed))
    return { done: `${blamed.cause}, told by the row first`, logged, isNameable: false };
  // What was on its way when somebody died was noted before: a row is in doubt, and nothing is missing there.
  const isForgotten = finding.kind !== 'above' && possible.every(({ cause }) => cause === 'a crash');
  const isWrong = (right === undefined && finding.cause !== 'unknown') || isForgotten;
  return {
    ...{
      done: blamed.cause,
      logged,
      isNameable: right === undefined || finding.cause !== 'unknown' || untold.has(blamed.cause),
    },
    ...(isWrong && { wrong: `It was ${blamed.cause}: ${inWords(finding)}` }),
  };
};

/** Whether what was logged is what was done, and nothing was logged that nobody did. */
export const judgeNames = (notes: Notes): Naming => {
  const table = new Map<string, Map<string, number>>();
  const seen = new Set<Injection>();
  const names = notes.findings.filter(isSaid).map((finding) => {
    const possible = notes.injections.filter((injection) => concerns(injection, finding));
    for (const one of possible) seen.add(one);
    const name = nameOf(notes, finding, possible);
    add(table, name.done, name.logged);
    return { ...name, isUnknown: finding.cause === 'unknown' };
  });
  const nameable = names.filter(({ isNameable }) => isNameable);
  return {
    wrong: [...names.flatMap(({ wrong }) => wrong ?? []), ...unseenIn(notes, seen)],
    table,
    unknownShare: nameable.filter(({ isUnknown }) => isUnknown).length / Math.max(1, nameable.length),
  };
};
