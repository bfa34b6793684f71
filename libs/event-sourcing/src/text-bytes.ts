/** How many bytes a text has in UTF-8; a lone surrogate counts as what replaces it. */
export const utf8Bytes = (text: string): number => {
  let bytes = text.length;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) continue;
    bytes += unit < 0x800 ? 1 : 2;
    // Two units, four bytes: the second one adds none.
    if (isPair(unit, text.charCodeAt(index + 1))) index += 1;
  }
  return bytes;
};

const isPair = (high: number, low: number): boolean =>
  high >= 0xd800 && high <= 0xdbff && low >= 0xdc00 && low <= 0xdfff;

/** How many bytes a value has as JSON. */
export const jsonBytes = (value: object): number => utf8Bytes(JSON.stringify(value));
