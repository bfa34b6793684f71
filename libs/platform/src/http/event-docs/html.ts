/** Markup that may stand in a page as it is. Made by `html` alone, so that no text gets in unescaped. */
export type Html = { readonly markup: string };

type Piece = string | number | Html | readonly Html[];

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * A template of markup: what is put into it is escaped, unless it is markup itself.
 * @example html`<p>${'a < b'}</p>`.markup === '<p>a &lt; b</p>'
 */
export const html = (strings: TemplateStringsArray, ...pieces: readonly Piece[]): Html => ({
  markup: strings.map((text, index) => text + markupOf(pieces[index] ?? '')).join(''),
});

const markupOf = (piece: Piece): string => {
  if (typeof piece === 'object') return 'markup' in piece ? piece.markup : piece.map(({ markup }) => markup).join('');
  return String(piece).replaceAll(/[&<>"']/gu, (character) => escapes[character] ?? character);
};

/** Text with `code` in backticks, as descriptions have it. */
export const prose = (text: string): readonly Html[] =>
  text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));
