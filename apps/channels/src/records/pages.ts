import { cursorOf, InvalidCursorError, keyOfCursor, type PageRequest } from '#read-model';

/** Before every row: of the newest first, the page that nobody has asked for yet. */
const end = { at: '9999-12-31T00:00:00.000Z' };

const isMoment = (text: string): boolean => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/u.test(text);

/**
 * The moment and id that a page of the newest first begins before.
 * @param lastId an id that is none's, after all others
 * @throws InvalidCursorError
 */
export const placeBefore = ({ after }: PageRequest, isId: (text: string) => boolean, lastId: string) => {
  if (after === undefined) return [end.at, lastId] as const;
  const [at = '', id = ''] = keyOfCursor(after, 2);
  if (!isMoment(at) || !isId(id)) throw new InvalidCursorError('Not a cursor of ours');
  return [at, id] as const;
};

/** The cursor behind a row. */
export const cursorBehind = ({ at, id }: { readonly at: string; readonly id: string }): string => cursorOf(at, id);

export const isNumberId = (text: string): boolean => /^\d{1,15}$/u.test(text);
export const lastNumberId = '999999999999999';
export const isUuid = (text: string): boolean =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u.test(text);
export const lastUuid = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
