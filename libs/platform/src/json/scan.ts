/** What is wrong with a JSON text before its meaning is looked at; `at` is the offset of the offending token. */
export type JsonTrouble = {
  readonly code: 'malformed_json' | 'json_too_deep' | 'invalid_number';
  readonly at: number;
  readonly detail: string;
};

/** Deeper than any request of ours; a body of 1 MiB could otherwise nest half a million levels. */
export const jsonDepthMax = 16;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const COMMA = 0x2c;
const MINUS = 0x2d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const SPACE = 0x20;
const ZERO = 0x30;
const NINE = 0x39;
/** Longer runs of digits cannot be a safe integer; shorter than this always is one. */
const DIGITS_SURELY_SAFE = 15;

/**
 * Reads the tokens of a JSON text once, before JSON.parse, for what parsing hides: JSON.parse rounds 9007199254740993,
 * turns 1e400 into Infinity and keeps -0. Every number of this API is a whole one, so a number must be written in
 * digits, without fraction or exponent, and be a safe integer. One pass over character codes: under 2 µs for a small body.
 *
 * @returns how many members (colons outside strings) the text has, or what is wrong with it
 */
export const scanJson = (text: string): number | JsonTrouble => {
  let depth = 0;
  let members = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === QUOTE) {
      at = endOfString(text, at);
    } else if (char === COLON) {
      members++;
    } else if (char === OPEN_BRACE || char === OPEN_BRACKET) {
      if (++depth > jsonDepthMax) return tooDeep(at);
    } else if (char === CLOSE_BRACE || char === CLOSE_BRACKET) {
      depth--;
    } else if (char === MINUS || (char >= ZERO && char <= NINE)) {
      const end = endOfWord(text, at);
      if (!isPlainInteger(text, at, end)) return badNumber(text, at, end);
      at = end - 1;
    } else if (char > SPACE && char !== COMMA) {
      const end = endOfWord(text, at);
      if (!isLiteral(text, at, end)) return badWord(text, at, end);
      at = end - 1;
    }
  }
  return members;
};

/** The offset of the closing quote of the string that opens at `at`; the text's length when there is none. */
export const endOfString = (text: string, at: number): number => {
  let end = at + 1;
  while (end < text.length) {
    const char = text.charCodeAt(end);
    if (char === QUOTE) return end;
    end += char === BACKSLASH ? 2 : 1;
  }
  return text.length;
};

/** The offset after a number or a literal: everything up to punctuation, white space or a quote. */
export const endOfWord = (text: string, at: number): number => {
  let end = at + 1;
  while (end < text.length && !endsWord(text.charCodeAt(end))) end++;
  return end;
};

const endsWord = (char: number): boolean =>
  char <= SPACE ||
  char === COMMA ||
  char === COLON ||
  char === QUOTE ||
  char === CLOSE_BRACE ||
  char === CLOSE_BRACKET ||
  char === OPEN_BRACE ||
  char === OPEN_BRACKET;

const isPlainInteger = (text: string, start: number, end: number): boolean => {
  const negative = text.charCodeAt(start) === MINUS;
  const first = negative ? start + 1 : start;
  if (first === end) return false;
  for (let at = first; at < end; at++) {
    const char = text.charCodeAt(at);
    if (char < ZERO || char > NINE) return false;
  }
  if (text.charCodeAt(first) === ZERO) return end === first + 1 && !negative;
  return end - first <= DIGITS_SURELY_SAFE || Number.isSafeInteger(Number(text.slice(start, end)));
};

const isLiteral = (text: string, start: number, end: number): boolean => {
  const word = text.slice(start, end);
  return word === 'true' || word === 'false' || word === 'null';
};

const tooDeep = (at: number): JsonTrouble => ({
  code: 'json_too_deep',
  at,
  detail: `The JSON nests deeper than ${jsonDepthMax} levels.`,
});

const badNumber = (text: string, start: number, end: number): JsonTrouble => ({
  code: 'invalid_number',
  at: start,
  detail:
    `${excerpt(text, start, end)} is not a number that this API takes: digits only, no fraction or exponent, ` +
    `no -0, between ${Number.MIN_SAFE_INTEGER} and ${Number.MAX_SAFE_INTEGER}.`,
});

const numberWords = new Set(['NaN', 'Infinity', '+Infinity']);

const badWord = (text: string, start: number, end: number): JsonTrouble =>
  numberWords.has(text.slice(start, end))
    ? badNumber(text, start, end)
    : { code: 'malformed_json', at: start, detail: `Unexpected ${excerpt(text, start, end)} at offset ${start}.` };

/** Enough to recognise the token; never a whole body in an answer or a log. */
const excerptCharactersMax = 32;
const excerpt = (text: string, start: number, end: number): string =>
  JSON.stringify(text.slice(start, Math.min(end, start + excerptCharactersMax)));
