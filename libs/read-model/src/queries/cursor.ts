/** A cursor that no page of ours has given. */
export class InvalidCursorError extends Error {
  override readonly name = 'InvalidCursorError';
}

/** The key of a page's last row as text that callers pass back and need not understand. */
export const cursorOf = (...key: readonly string[]): string => Buffer.from(JSON.stringify(key)).toString('base64url');

/**
 * The key after which the next page begins; without a cursor the one before all rows (empty texts).
 * @throws InvalidCursorError
 */
export const keyOfCursor = (cursor: string | undefined, length: number): readonly string[] => {
  if (cursor === undefined) return Array.from({ length }, () => '');
  const key = parsed(cursor);
  const fits = Array.isArray(key) && key.length === length && key.every((part) => typeof part === 'string');
  if (!fits || key.some((part: string) => part.includes('\u0000')))
    throw new InvalidCursorError('Not a cursor of ours');
  return key;
};

const parsed = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
};
