/** The kind that fills the log: no index leads to its events alone. */
const commonKind = 'stock';

/** The kinds (names before the first dash) that hold every stream with one of these prefixes; undefined: read them all. */
export const kindsOf = (prefixes: readonly string[]): readonly string[] | undefined => {
  const kinds = new Set<string>();
  for (const prefix of prefixes) {
    const dash = prefix.indexOf('-');
    const kind = prefix.slice(0, dash);
    if (dash < 0 || kind === commonKind) return undefined;
    kinds.add(kind);
  }
  return [...kinds];
};

export const hasPrefix = (stream: string, prefixes: readonly string[]): boolean =>
  prefixes.some((prefix) => stream.startsWith(prefix));
