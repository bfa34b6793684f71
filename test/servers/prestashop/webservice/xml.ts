/** An element of a body: attributes are not looked at. */
export type XmlNode = {
  readonly name: string;
  /** All text within, as it stands: spaces and newlines are part of a value. */
  readonly text: string;
  readonly children: readonly XmlNode[];
};

const token =
  /<!\[CDATA\[(?<cdata>[\s\S]*?)\]\]>|<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!DOCTYPE[^>]*>|<\/(?<close>[\w:.-]+)\s*>|<(?<open>[\w:.-]+)(?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*(?<empty>\/)?>|(?<text>[^<]+)/gy;

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

const unescape = (text: string): string =>
  text.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    if (hex !== undefined) return String.fromCodePoint(parseInt(hex, 16));
    return entities[name ?? ''] ?? whole;
  });

type Open = { readonly name: string; text: string; readonly children: XmlNode[] };

/** The root element, or undefined for what is not well-formed. */
export const parseXml = (source: string): XmlNode | undefined => {
  const document: Open = { name: '', text: '', children: [] };
  const open: Open[] = [document];
  let read = 0;
  for (const { 0: whole, groups = {} } of source.matchAll(token)) {
    read += whole.length;
    if (!take(open, groups)) return undefined;
  }
  const [root, second] = document.children;
  const isWhole = read === source.length && open.length === 1 && second === undefined && document.text.trim() === '';
  return isWhole ? root : undefined;
};

/** False where an element ends that is not the open one. */
const take = (open: Open[], groups: Readonly<Record<string, string | undefined>>): boolean => {
  const current = open.at(-1);
  if (current === undefined) return false;
  const text = groups['cdata'] ?? unescape(groups['text'] ?? '');
  if (groups['open'] !== undefined) {
    const element: Open = { name: groups['open'], text: '', children: [] };
    if (groups['empty'] === undefined) open.push(element);
    else current.children.push(element);
  } else if (groups['close'] !== undefined) {
    if (open.length < 2 || current.name !== groups['close']) return false;
    open.pop();
    open.at(-1)?.children.push(current);
  } else current.text += text;
  return true;
};

export const childOf = (node: XmlNode | undefined, name: string): XmlNode | undefined =>
  node?.children.find((child) => child.name === name);

export const childrenOf = (node: XmlNode | undefined, name: string): readonly XmlNode[] =>
  node?.children.filter((child) => child.name === name) ?? [];
