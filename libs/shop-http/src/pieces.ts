import { failed, type HttpOutcome, ok } from './failure.js';

/** A list in pieces of at most so many. */
export const piecesOf = <One>(list: readonly One[], most: number): readonly (readonly One[])[] =>
  Array.from({ length: Math.ceil(list.length / most) }, (_, at) => list.slice(at * most, (at + 1) * most));

/** The rows of all parts, read one after the other; the first failure ends it. */
export const readEach = async <Part, Row, Failure>(
  parts: readonly Part[],
  read: (part: Part) => Promise<HttpOutcome<readonly Row[], Failure>>,
): Promise<HttpOutcome<readonly Row[], Failure>> => {
  const rows: Row[] = [];
  for (const part of parts) {
    const found = await read(part);
    if (found.kind === 'failed') return failed(found.failure);
    rows.push(...found.value);
  }
  return ok(rows);
};
