import type { ProductIds } from './events.js';

const prefix = 'listing';

/** Everything but the plainest characters, code point by code point (`u`): separators of ours never appear raw. */
const unsafe = /[^A-Za-z0-9_.]/gu;
const loneSurrogate = /^\p{Surrogate}$/u;
const escaped = /%u([0-9A-F]{4})|((?:%[0-9A-F]{2})+)/g;

/**
 * `encodeURIComponent` throws at a lone surrogate and leaves !'()*~- as they are. Here everything has exactly one
 * encoding: `%XX` for each byte of UTF-8, `%uXXXX` for a lone surrogate.
 */
const escape = (character: string): string => {
  const codeUnit = character.charCodeAt(0);
  if (loneSurrogate.test(character)) return `%u${codeUnit.toString(16).toUpperCase().padStart(4, '0')}`;
  if (codeUnit < 0x80) return `%${codeUnit.toString(16).toUpperCase().padStart(2, '0')}`;
  return encodeURIComponent(character);
};

const encode = (text: string): string => text.replace(unsafe, escape);

const decode = (text: string): string =>
  text.replace(escaped, (_match, codeUnit: string | undefined, bytes: string) =>
    codeUnit === undefined ? decodeURIComponent(bytes) : String.fromCharCode(parseInt(codeUnit, 16)),
  );

/**
 * The stream of what a channel sells under these ids: `listing-<channel>-<product>` or
 * `listing-<channel>-<product>:<variant>`, percent-encoded. Total and injective: different (channel, ids) never share
 * a stream, whatever characters an outside system uses. Up to 3 x 128 bytes for each of the two ids.
 */
export const listingStream = (channel: string, ids: ProductIds): string =>
  `${prefix}-${channel}-${encode(ids.product)}${ids.variant === undefined ? '' : `:${encode(ids.variant)}`}`;

const shape = /^listing-([a-z0-9_]+)-([^:-]*)(?::([^:-]*))?$/;

const idsOf = (product: string, variant: string | undefined): ProductIds =>
  variant === undefined ? { product: decode(product) } : { product: decode(product), variant: decode(variant) };

/** What a stream's name says, or undefined where it is not the name of a listing. */
export const parseListingStream = (
  stream: string,
): { readonly channel: string; readonly ids: ProductIds } | undefined => {
  const [, channel, product, variant] = shape.exec(stream) ?? [];
  if (channel === undefined || product === undefined) return undefined;
  try {
    const ids = idsOf(product, variant);
    return listingStream(channel, ids) === stream ? { channel, ids } : undefined;
  } catch {
    return undefined; /* percent signs that are no UTF-8 */
  }
};
