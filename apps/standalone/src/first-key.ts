import { scopes, type KeyRing } from '#platform';

/** The connection of people. */
export const operatorConnection = 'operator';

/** A key with every scope where there is none at all: its token, to be shown this once. */
export const createFirstKey = async (ring: KeyRing, now: string): Promise<string | undefined> => {
  if (ring.list().length > 0) return undefined;
  const made = await ring.create({ connection: operatorConnection, scopes }, now);
  return made === 'too_many_keys' ? undefined : made.token;
};
