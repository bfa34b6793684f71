/**
 * What the words of other systems must look like before the ledger takes them: pure checks that answer a reason or
 * undefined. The edge turns a reason into a problem with the field's name; the deciders use the same ones.
 */

/** The longest code of a channel, location or connection, in characters. */
export const codeCharactersMax = 32;
/** The longest SKU, order key, cart key and line id: characters (UTF-16 units) and bytes of UTF-8. */
export const keyCharactersMax = 64;
export const keyBytesMax = 128;
/** The longest id of a product or variant in a channel's own terms, in bytes of UTF-8. */
export const externalIdBytesMax = 128;

export type BadText =
  'empty' | 'too_long' | 'not_a_code' | 'lone_surrogate' | 'control_character' | 'not_normalised' | 'reserved_prefix';

const code = /^[a-z0-9_]+$/;
const loneSurrogate = /\p{Surrogate}/u;
/** C0 and C1 controls with U+0000 and DEL; the line and paragraph separators, which end a line in most logs. */
const controlCharacter = /[\p{Control}\u2028\u2029]/u;

/** Bytes of UTF-8 of one code point. */
const bytesOf = (codePoint: number): number =>
  codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;

/** Bytes of the text in UTF-8; a lone surrogate counts as three. */
export const utf8Length = (text: string): number => {
  let bytes = 0;
  for (const character of text) bytes += bytesOf(character.codePointAt(0) ?? 0);
  return bytes;
};

/** A channel's, location's or connection's code: 1 to 32 of a-z, 0-9 and _. */
export const badCode = (text: string): BadText | undefined => {
  if (text.length === 0) return 'empty';
  if (text.length > codeCharactersMax) return 'too_long';
  return code.test(text) ? undefined : 'not_a_code';
};

const badCharacters = (text: string): BadText | undefined => {
  if (loneSurrogate.test(text)) return 'lone_surrogate';
  return controlCharacter.test(text) ? 'control_character' : undefined;
};

/**
 * A SKU, order key, cart key or line id: opaque and case-sensitive, but written one way only (NFC), within 64
 * characters and 128 bytes, without controls and lone surrogates, and not starting with `$` (reserved by EventStoreDB).
 */
export const badKey = (text: string): BadText | undefined => {
  if (text.length === 0) return 'empty';
  if (plainKey.test(text)) return reservedPrefix(text);
  if (text.length > keyCharactersMax || utf8Length(text) > keyBytesMax) return 'too_long';
  const characters = badCharacters(text);
  if (characters !== undefined) return characters;
  if (text.normalize('NFC') !== text) return 'not_normalised';
  return reservedPrefix(text);
};

/** Nearly all keys: printable ASCII, in which nothing can be wrong but its length and its first character. */
const plainKey = new RegExp(`^[\\x20-\\x7e]{1,${keyCharactersMax}}$`, 'u');

const reservedPrefix = (text: string): BadText | undefined => (text.startsWith('$') ? 'reserved_prefix' : undefined);

/**
 * An id in a channel's own terms: whatever that system says, within 128 bytes, compared exactly as it was said (no
 * normalisation: two ids that differ there differ here), but without controls and lone surrogates.
 */
export const badExternalId = (text: string): BadText | undefined => {
  if (text.length === 0) return 'empty';
  return utf8Length(text) > externalIdBytesMax ? 'too_long' : badCharacters(text);
};
