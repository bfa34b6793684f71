import { lineKeyOf, type SkuBooks } from '../auditor/books.js';
import type { Notes } from '../intents.js';
import { standingFacts } from './facts.js';

/** Line by line, what a warehouse has issued of it: the newest version of each issue that names the line. */
const issuedOf = ({ facts }: Notes, books: ReadonlyMap<string, SkuBooks>): Map<string, number> => {
  const issued = new Map<string, number>();
  for (const [sourceKey, notes] of facts) {
    const [stands] = standingFacts(sourceKey, notes, books);
    const intent = stands && notes.versions.get(stands.version);
    if (intent?.fact.kind !== 'issue' || intent.fact.order === undefined) continue;
    const line = `stock-${intent.sku} ${lineKeyOf(intent.fact.order)}`;
    issued.set(line, (issued.get(line) ?? 0) + intent.fact.quantity);
  }
  return issued;
};

/** What a line has issued is the sum of the issues that name it, whichever came first. */
export const expectIssued = (notes: Notes, books: ReadonlyMap<string, SkuBooks>): string[] => {
  const expected = issuedOf(notes, books);
  return [...books].flatMap(([stream, { lines }]) =>
    [...lines].flatMap(([key, { issued }]) => {
      const said = expected.get(`${stream} ${key}`) ?? 0;
      return issued === said ? [] : [`${stream} line ${key} has issued ${issued}, said were ${said}`];
    }),
  );
};
