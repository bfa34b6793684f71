/** Where the 32 hex digits stand in the text of a UUID: its hyphens are at 8, 13, 18 and 23. */
const hyphensBefore = [8, 12, 16, 20];
const placeOf = (digit: number): number => digit + hyphensBefore.filter((at) => at <= digit).length;
const places = Array.from({ length: 32 }, (_, digit) => placeOf(digit));
const versionDigit = 12;
const variantDigit = 16;

/** The code units of `8`, `9`, `a` and `b`: the variant's two bits before the two that are kept. */
const variantUnits = [0x38, 0x39, 0x61, 0x62] as const;
const hyphen = 0x2d;

/** All but the digits stands here; there is one, since a text is written and read within one call. */
const bytes = new Uint8Array(36).fill(hyphen);
const decoder = new TextDecoder();

/**
 * The first 16 bytes of a hex hash as a UUID version 8 (RFC 9562): version and variant bits set, the rest kept. Written
 * into bytes: put together out of slices it is a tree of 450 bytes that lives as long as its event, and not a text of 90 (measured).
 */
export const uuidV8FromHash = (hash: string): string => {
  for (let digit = 0; digit < places.length; digit += 1) bytes[places[digit] as number] = hash.charCodeAt(digit);
  bytes[places[versionDigit] as number] = variantUnits[0];
  bytes[places[variantDigit] as number] = variantUnits[Number.parseInt(hash.charAt(variantDigit), 16) & 3] as number;
  return decoder.decode(bytes);
};
