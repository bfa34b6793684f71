import { addTo, type AuditedFact, type SkuBooks } from '../auditor/books.js';
import type { FactIntent, FactNotes } from '../intents.js';

/** Units that leave one account and enter another. */
type Flow = readonly [from: string, to: string, quantity: number];

const flowOf = ({ fact }: FactIntent): Flow => {
  const at = (bucket: string) => `${fact.location}|${bucket}`;
  switch (fact.kind) {
    case 'receipt':
      return ['supplier', at(fact.bucket), fact.quantity];
    case 'issue':
      return [at('sellable'), 'customer', fact.quantity];
    case 'return':
      return ['customer', fact.disposition === 'scrapped' ? 'adjustment' : at(fact.disposition), fact.quantity];
    case 'adjustment':
      return fact.quantity < 0
        ? [at(fact.bucket), 'adjustment', -fact.quantity]
        : ['adjustment', at(fact.bucket), fact.quantity];
    case 'bucket_change':
      return [at(fact.from), at(fact.to), fact.quantity];
    case 'assembly':
      return fact.role === 'consumed'
        ? [at('sellable'), 'adjustment', fact.quantity]
        : ['adjustment', at('sellable'), fact.quantity];
    case 'transfer_dispatch':
      return [at('sellable'), `transit:${fact.transfer}`, fact.quantity];
    case 'transfer_receipt':
      return [`transit:${fact.transfer}`, at('sellable'), fact.quantity];
    case 'transfer_close':
      return [`transit:${fact.transfer}`, 'adjustment', fact.lost];
    case 'incoming':
      return ['supplier', 'supplier', 0];
    case 'count':
    case 'observation':
      throw new Error('what a figure moves follows from the ledger; the auditor of counts looks at it');
  }
};

const inOrder = (net: ReadonlyMap<string, number>): string =>
  [...net]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([account, units]) => `${account}:${units}`)
    .join(' ');

/** Whether issued units had been committed is the line's matter: of an issue only the places count. */
const placesOf = (net: ReadonlyMap<string, number>): Map<string, number> => {
  const places = new Map<string, number>();
  for (const [account, units] of net)
    if (!account.startsWith('unsourced:')) addTo(places, account.split('|')[0] ?? '', units);
  return places;
};

const isMoved = (intent: FactIntent, { net }: AuditedFact): string | undefined => {
  const [from, to, quantity] = flowOf(intent);
  const wanted = new Map<string, number>();
  addTo(wanted, from, -quantity);
  addTo(wanted, to, quantity);
  const view = intent.fact.kind === 'issue' ? placesOf : (moved: ReadonlyMap<string, number>) => moved;
  const [is, should] = [inOrder(view(net)), inOrder(view(wanted))];
  return is === should ? undefined : `moved (${is}), said (${should})`;
};

/** What of a fact stands in the books. */
export const standingFacts = (
  sourceKey: string,
  { versions }: FactNotes,
  books: ReadonlyMap<string, SkuBooks>,
): readonly AuditedFact[] => {
  const [first] = versions.values();
  return [...(books.get(`stock-${first?.sku}`)?.facts ?? [])]
    .filter(([key]) => key.endsWith(`${JSON.stringify(sourceKey)}]`))
    .map(([, fact]) => fact);
};

/** A fact that was acknowledged at some version stands at that one or a higher one that was sent, and moved what it said. */
export const expectFact = (sourceKey: string, notes: FactNotes, books: ReadonlyMap<string, SkuBooks>): string[] => {
  const { versions, acknowledged } = notes;
  const standing = standingFacts(sourceKey, notes, books);
  const [stands] = standing;
  if (standing.length > 1) return [`${sourceKey} stands ${standing.length} times`];
  if ((stands?.version ?? 0) < acknowledged)
    return [`${sourceKey} stands at ${stands?.version ?? 0}, acknowledged ${acknowledged}`];
  if (stands === undefined) return [];
  const intent = versions.get(stands.version);
  if (intent === undefined) return [`${sourceKey} stands at ${stands.version}, which nobody sent`];
  const moved = intent.fact.kind === 'count' ? undefined : isMoved(intent, stands);
  return moved === undefined ? [] : [`${sourceKey}@${stands.version} ${moved}`];
};
