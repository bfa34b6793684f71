import type { SkuBooks } from '../auditor/books.js';
import type { AuditedIncoming } from '../auditor/incoming.js';
import type { FactIntent, Notes } from '../intents.js';
import { standingFacts } from './facts.js';

type Books = ReadonlyMap<string, SkuBooks>;

/** What stands of each fact that was sent, at its newest version. */
const standing = ({ facts }: Notes, books: Books): readonly FactIntent[] =>
  [...facts].flatMap(([sourceKey, notes]) => {
    const [stands] = standingFacts(sourceKey, notes, books);
    const intent = stands && notes.versions.get(stands.version);
    return intent ? [intent] : [];
  });

const inWords = ({ location, quantity, eta, confirmed, confidence }: AuditedIncoming): string =>
  JSON.stringify([location, quantity, eta, confirmed, confidence]);

const toldOf = ({ incoming }: SkuBooks, line: string): string => {
  const told = incoming.told.get(line);
  return told === undefined ? 'nothing' : inWords(told);
};

/** Of a line of a purchase order stands what was told of it last; one of 0 units is none. */
const expectTold = (intents: readonly FactIntent[], books: Books): string[] =>
  intents.flatMap(({ sku, fact }) => {
    const of = books.get(`stock-${sku}`);
    if (fact.kind !== 'incoming' || of === undefined) return [];
    const said = fact.quantity === 0 ? 'nothing' : inWords({ confidence: 10_000, ...fact });
    const is = toldOf(of, fact.sourceKey);
    return is === said ? [] : [`${sku}: of ${fact.sourceKey} stands ${is}, told was ${said}`];
  });

/** On a line have arrived the units of the receipts that name it. */
const expectArrived = (intents: readonly FactIntent[], books: Books): string[] => {
  const said = new Map<string, number>();
  for (const { sku, fact } of intents) {
    if (fact.kind !== 'receipt' || fact.incomingLine === undefined) continue;
    const line = `stock-${sku} ${fact.incomingLine}`;
    said.set(line, (said.get(line) ?? 0) + fact.quantity);
  }
  return [...books].flatMap(([stream, { incoming }]) =>
    [...incoming.arrived].flatMap(([line, units]) => {
      const should = said.get(`${stream} ${line}`) ?? 0;
      return units === should ? [] : [`${stream}: on ${line} have arrived ${units}, received were ${should}`];
    }),
  );
};

export const expectIncoming = (notes: Notes, books: Books): string[] => {
  const intents = standing(notes, books);
  return [...expectTold(intents, books), ...expectArrived(intents, books)];
};
