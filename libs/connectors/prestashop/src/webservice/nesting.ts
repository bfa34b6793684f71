/** What begins with `<` in a document: a section or comment, which is skipped, or a tag with its slashes and its name. */
const markup =
  /<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<(?<closes>\/)?(?<name>[A-Za-z_][\w:.-]*)[^<>]*?(?<isEmpty>\/)?>/gu;

/**
 * Whether every element ends where it should. The parser forgives an element that does not, and a notice of PHP in the middle
 * of a list would swallow the rows after it without a word.
 */
export const isNested = (document: string): boolean => {
  const open: string[] = [];
  let end = 0;
  for (const found of document.matchAll(markup)) {
    if (document.slice(end, found.index).includes('<')) return false;
    end = found.index + found[0].length;
    const { closes, name, isEmpty } = found.groups ?? {};
    if (name === undefined || isEmpty !== undefined) continue;
    if (closes === undefined) open.push(name);
    else if (open.pop() !== name) return false;
  }
  return open.length === 0 && !document.slice(end).includes('<');
};
