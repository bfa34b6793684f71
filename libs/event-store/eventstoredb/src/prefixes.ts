export const hasPrefix = (stream: string, prefixes: readonly string[]): boolean =>
  prefixes.some((prefix) => stream.startsWith(prefix));

/**
 * The names that a ledger's streams begin with. The server's own streams begin with $: they are never ours.
 * @throws Error when there are none, or they reach the server's own
 */
export const requirePrefixes = (prefixes: readonly string[]): readonly string[] => {
  if (prefixes.length === 0)
    throw new Error('The streams of the ledger need prefixes: the server has streams of its own');
  for (const prefix of prefixes) {
    if (prefix === '' || prefix.startsWith('$')) throw new Error(`"${prefix}" is no prefix of a stream of ours`);
  }
  return prefixes;
};
