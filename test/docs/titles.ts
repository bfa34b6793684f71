const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);

/** As the first argument of a call (`it(`, `describe(`, `it.each(...)(`), or the first thing of a row of cases. */
export const isTitleIn = (source: string, title: string): boolean => {
  const plain = source.replaceAll(/\\u([0-9a-f]{4})/giu, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
  const quoted = `(?:'${escaped(title)}'|"${escaped(title)}"|\`${escaped(title)}\`)`;
  return new RegExp(`[([]\\s*${quoted},|^\\s*${quoted}: \\{`, 'mu').test(plain.replaceAll(String.raw`\'`, "'"));
};
