import pg from 'pg';

/** Object ids of the types that PostgreSQL sends and JavaScript would get wrong or get late. */
const oid = { int8: 20, timestamptz: 1184 } as const;

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

/** Ours for two types, the driver's for the rest. Per connection: nobody else's `pg` in the process is changed. */
export const typeParsers: pg.CustomTypesConfig = {
  getTypeParser: ((id: number, format?: 'text' | 'binary') => {
    if (format !== 'binary' && id === oid.int8) return parseInt8;
    if (format !== 'binary' && id === oid.timestamptz) return parseTimestamp;
    return pg.types.getTypeParser(id, format as 'text') as unknown;
  }) as typeof pg.types.getTypeParser,
};
