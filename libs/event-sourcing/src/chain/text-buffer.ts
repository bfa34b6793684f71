/**
 * The bytes of the one JSON text that is being written. Adding up strings would leave a tree of dozens of small objects
 * for each event, to be flattened before it is hashed: 4.7 kB of garbage instead of 2 kB, and a tenth more time (measured).
 * There is one buffer, since a text is begun, written and ended within one call.
 */
let bytes = new Uint8Array(65_536);
let length = 0;

export const beginText = (): void => {
  length = 0;
};

const decoder = new TextDecoder();
export const endText = (): string => decoder.decode(bytes.subarray(0, length));

/** Room for so many bytes more. */
const reserve = (count: number): void => {
  if (length + count <= bytes.length) return;
  const larger = new Uint8Array(2 * (length + count));
  larger.set(bytes.subarray(0, length));
  bytes = larger;
};

export const writeByte = (byte: number): void => {
  reserve(1);
  bytes[length++] = byte;
};

/** @param text ASCII, nothing in it to escape */
export const writeAscii = (text: string): void => {
  reserve(text.length);
  for (let index = 0; index < text.length; index++) bytes[length++] = text.charCodeAt(index);
};

/** Nothing is allocated for it. @param value an integer from 0 to 2^31 - 1 */
export const writeInteger = (value: number): void => {
  let digits = 1;
  for (let power = 10; power <= value; power *= 10) digits += 1;
  reserve(digits);
  let rest = value | 0;
  for (let place = length + digits - 1; place >= length; place--) {
    const higher = (rest / 10) | 0;
    bytes[place] = digitZero + rest - higher * 10;
    rest = higher;
  }
  length += digits;
};
const digitZero = 0x30;

const quote = 0x22;
const backslash = 0x5c;
const space = 0x20;
const beyondAscii = 0x80;
const utf8BytesPerUnitMax = 3;

/** A JSON string. Most are short and have nothing to escape: a loop over their code units beats the call out. */
export const writeString = (text: string): void => {
  if (text.length > loopedUnitsMax) return writeEscaped(text);
  reserve(text.length + 2);
  let place = length;
  bytes[place++] = quote;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < space || unit === quote || unit === backslash || unit >= beyondAscii) return writeEscaped(text);
    bytes[place++] = unit;
  }
  bytes[place] = quote;
  length = place + 1;
};
const loopedUnitsMax = 80;

const encoder = new TextEncoder();
/** With the `u` flag a surrogate matches only where it stands alone. */
const loneSurrogate = /\p{Surrogate}/u;

const writeEscaped = (text: string): void => {
  if (loneSurrogate.test(text)) throw new TypeError('JSON text has no lone surrogates');
  const escaped = JSON.stringify(text);
  reserve(escaped.length * utf8BytesPerUnitMax);
  length += encoder.encodeInto(escaped, bytes.subarray(length)).written;
};
