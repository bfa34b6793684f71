import { instantOf, millisOf } from '#event-sourcing';
import type { ToldFact } from '../history/fold-facts.js';
import type { Discrepancy } from '../queries/types.js';

/** How far apart two reports may say that the same thing happened, and how long an author may take to say it. */
export const matchMillisMax = 24 * 60 * 60 * 1_000;

/**
 * What witnesses have said of one SKU that its authors have not said, or said otherwise. `since`: when it is (or will be)
 * one; nothing else depends on the time. Pure, whatever the order of the facts.
 *
 * A witness's facts of an order line are compared as a sum, once an author has named that line: what is more than the
 * author's is a discrepancy, what is less may yet come. So are those under one document, where any difference is one. What
 * is left is matched fact by fact, by kind, place, units and time; each author's fact stands for one of every witness.
 */
export const discrepanciesOf = (facts: readonly ToldFact[]): readonly Discrepancy[] => {
  const authors = facts.filter(({ witness }) => !witness);
  const witnesses = groupsOf(
    facts.filter(({ witness }) => witness),
    ({ connection }) => connection,
  );
  return [...witnesses.values()].flatMap((said) => ofWitness(said, authors));
};

type Subject = {
  readonly by: 'order_line' | 'document';
  /** Undefined: the fact names none. */
  readonly of: (fact: ToldFact) => string | undefined;
  readonly isOpen: (said: number, author: number) => boolean;
};

const lineSubject: Subject = {
  by: 'order_line',
  of: ({ kind, order }) => order && JSON.stringify([kind, order.channel, order.orderKey, order.line]),
  isOpen: (said, author) => Math.abs(said) > Math.abs(author) || Math.sign(said) * Math.sign(author) < 0,
};
const documentSubject: Subject = {
  by: 'document',
  of: ({ kind, location, document }) => document && JSON.stringify([kind, location, document]),
  isOpen: (said, author) => said !== author,
};

const ofWitness = (said: readonly ToldFact[], authors: readonly ToldFact[]): readonly Discrepancy[] => {
  const lines = compare(said, authors, lineSubject);
  const documents = compare(lines.left, authors, documentSubject);
  const taken = new Set([...lines.taken, ...documents.taken]);
  const free = authors.filter((fact) => !taken.has(fact));
  return [...lines.open, ...documents.open, ...unmatched(documents.left, free).map(alone)];
};

/** `taken`: what the author has said of the subjects that were compared; `left`: what no author has spoken of so. */
type Compared = {
  readonly open: readonly Discrepancy[];
  readonly taken: readonly ToldFact[];
  readonly left: readonly ToldFact[];
};

const compare = (facts: readonly ToldFact[], authors: readonly ToldFact[], subject: Subject): Compared => {
  const spoken = groupsOf(authors, subject.of);
  const open: Discrepancy[] = [];
  const taken: ToldFact[] = [];
  for (const [key, said] of groupsOf(facts, subject.of)) {
    const author = spoken.get(key);
    if (author === undefined) continue;
    taken.push(...author);
    if (subject.isOpen(unitsOf(said), unitsOf(author))) open.push(differing(subject.by, said, author));
  }
  const isSpoken = (fact: ToldFact): boolean => spoken.has(subject.of(fact) ?? '');
  return { open, taken, left: facts.filter((fact) => !isSpoken(fact)) };
};

/**
 * The facts that no author's fact is left for. Both sides by their time: whoever is first takes the first that is not too
 * early, so that as many as possible find one.
 */
const unmatched = (said: readonly ToldFact[], authors: readonly ToldFact[]): readonly ToldFact[] => {
  const alike = ({ kind, location, units }: ToldFact): string => JSON.stringify([kind, location, units]);
  const answers = groupsOf(authors, alike);
  return [...groupsOf(said, alike)].flatMap(([key, facts]) => unmatchedAlike(facts, answers.get(key) ?? []));
};

const unmatchedAlike = (said: readonly ToldFact[], authors: readonly ToldFact[]): readonly ToldFact[] => {
  const answers = authors.toSorted(byTime);
  let next = 0;
  return said.toSorted(byTime).filter((fact) => {
    while (next < answers.length && happenedAt(answers[next]) < happenedAt(fact) - matchMillisMax) next += 1;
    if (next === answers.length || happenedAt(answers[next]) > happenedAt(fact) + matchMillisMax) return true;
    next += 1;
    return false;
  });
};

const happenedAt = (fact: ToldFact | undefined): number =>
  fact === undefined ? Number.NaN : millisOf(fact.occurredAt);

const orderOf = ({ occurredAt, recordedAt, connection, sourceKey }: ToldFact): string =>
  [occurredAt, recordedAt, connection, sourceKey].join('\u0000');
const byTime = (one: ToldFact, other: ToldFact): number => (orderOf(one) < orderOf(other) ? -1 : 1);

const differing = (by: Discrepancy['by'], said: readonly ToldFact[], author: readonly ToldFact[]): Discrepancy => {
  const since = [...said, ...author].map(({ recordedAt }) => recordedAt).reduce((a, b) => (a > b ? a : b));
  return { ...shown(by, said), author: unitsOf(author), since };
};

const alone = (fact: ToldFact): Discrepancy => ({
  ...shown('fact', [fact]),
  author: 0,
  since: instantOf(millisOf(fact.recordedAt) + matchMillisMax),
});

/** The newest of the facts stands for all. */
const shown = (by: Discrepancy['by'], said: readonly ToldFact[]): Omit<Discrepancy, 'author' | 'since'> => {
  const newest = said.reduce((one, other) => (byTime(one, other) < 0 ? other : one));
  const { sku, kind, connection, location, sourceKey, order, document, occurredAt, recordedAt } = newest;
  return {
    ...{ sku, kind, connection, by, location, sourceKey },
    ...(order && { order }),
    ...(document !== undefined && { document }),
    ...{ occurredAt, recordedAt, facts: said.length, said: unitsOf(said) },
  };
};

const unitsOf = (facts: readonly ToldFact[]): number => facts.reduce((sum, { units }) => sum + units, 0);

/** Without those that have no key. */
const groupsOf = (
  facts: readonly ToldFact[],
  keyOf: (fact: ToldFact) => string | undefined,
): ReadonlyMap<string, readonly ToldFact[]> => {
  const groups = new Map<string, ToldFact[]>();
  for (const fact of facts) {
    const key = keyOf(fact);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [fact]);
    else group.push(fact);
  }
  return groups;
};
