import { numberOf, type Position, positionOf } from '#event-sourcing';

/** As the server writes a place in its log: the bytes before its record, twice, as decimal texts. */
export type LogPosition = { readonly commit: string; readonly prepare: string };

/**
 * The position of a record in the log. Its two numbers differ only within explicit transactions of old servers, which no
 * ledger writes, and both are safe integers up to 8 pebibytes of log.
 * @throws RangeError when that is not so: a position that is nearly right would skip events
 */
export const positionOfRecord = ({ commit, prepare }: LogPosition): Position => {
  const number = Number(commit);
  if (commit !== prepare) throw new RangeError(`commit ${commit} and prepare ${prepare} are no one position`);
  if (!Number.isSafeInteger(number)) throw new RangeError(`position ${commit} is beyond ${Number.MAX_SAFE_INTEGER}`);
  return positionOf(number);
};

/** Can this be told as one position? Where a server has only looked, and no record stands, it may not. */
export const isOnePosition = ({ commit, prepare }: LogPosition): boolean =>
  commit === prepare && Number.isSafeInteger(Number(commit));

export const logPositionOf = (position: Position): LogPosition => {
  const number = String(numberOf(position));
  return { commit: number, prepare: number };
};
