import pg from 'pg';

/**
 * Of an `int8`. Every bigint of ours is a count or a position that JavaScript holds exactly; one that it cannot hold must
 * not become its rounded neighbour.
 * @throws RangeError beyond ±(2^53 - 1)
 */
export const parseInt8 = (text: string): number => {
  const value = Number(text);
  if (!Number.isSafeInteger(value))
    throw new RangeError(`${text} is beyond the integers that JavaScript holds exactly`);
  return value;
};

/** RFC 3339 in UTC with three decimals: what the rest of the code compares as a string. */
export const parseTimestamp = (text: string): string => new Date(text).toISOString();

/** By the types' object ids. The driver asks for answers in text only. */
const ours = new Map<number, (text: string) => unknown>([
  [pg.types.builtins.INT8, parseInt8],
  [pg.types.builtins.TIMESTAMPTZ, parseTimestamp],
]);

type ParserOf = (id: number, format?: 'text' | 'binary') => (text: string) => unknown;
const driversOwn = pg.types.getTypeParser as ParserOf;

/** Ours for two types, the driver's for the rest. Per connection: nobody else's `pg` in the process is changed. */
export const typeParsers: pg.CustomTypesConfig = {
  getTypeParser: ((id, format) =>
    ours.get(id) ?? driversOwn(id, format)) satisfies ParserOf as typeof pg.types.getTypeParser,
};
