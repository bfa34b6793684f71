/**
 * Arrays as parameters in PostgreSQL's binary form. The driver sends a Buffer as it is, while an array of strings becomes
 * one text that is escaped here and parsed again there. Measured, 500 events of 700 bytes an append, one stream: binary
 * arrays 81k events/s, two buffers cut by lengths in SQL 45k, JSON texts 36k, the driver's own arrays 25k.
 */

const oid = { bytea: 17, text: 25 } as const;
const headerBytes = 20;
const lengthBytes = 4;
const hasNullsOffset = 4;
/** In the place of a length. */
const nullLength = -1;

/** Of a `text[]` parameter. */
export const textArray = (texts: readonly string[]): Buffer => {
  let bytes = headerBytes;
  for (const text of texts) bytes += lengthBytes + Buffer.byteLength(text);
  const buffer = arrayOf(oid.text, texts.length, bytes);
  let offset = headerBytes;
  for (const text of texts) {
    const written = buffer.write(text, offset + lengthBytes, 'utf8');
    offset = buffer.writeInt32BE(written, offset) + written;
  }
  return buffer;
};

/** Of a `bytea[]` parameter, each element given in hex. */
export const byteaArrayFromHex = (hexes: readonly string[]): Buffer => {
  let bytes = headerBytes;
  for (const hex of hexes) bytes += lengthBytes + hex.length / 2;
  const buffer = arrayOf(oid.bytea, hexes.length, bytes);
  let offset = headerBytes;
  for (const hex of hexes) {
    const written = buffer.write(hex, offset + lengthBytes, 'hex');
    if (written * 2 !== hex.length) throw new TypeError(`"${hex}" is not hex`);
    offset = buffer.writeInt32BE(written, offset) + written;
  }
  return buffer;
};

/** Of a `bytea[]` parameter; undefined becomes NULL. */
export const byteaArray = (elements: readonly (Uint8Array | undefined)[]): Buffer => {
  let bytes = headerBytes;
  for (const element of elements) bytes += lengthBytes + (element?.length ?? 0);
  const buffer = arrayOf(oid.bytea, elements.length, bytes);
  buffer.writeInt32BE(elements.includes(undefined) ? 1 : 0, hasNullsOffset);
  let offset = headerBytes;
  for (const element of elements) {
    offset = buffer.writeInt32BE(element?.length ?? nullLength, offset);
    if (element === undefined) continue;
    buffer.set(element, offset);
    offset += element.length;
  }
  return buffer;
};

/** Of an `int4[]` or `int8[]` parameter. There is nothing to escape in numbers, so the text form is as fast. */
export const integerArray = (integers: readonly number[]): string => `{${integers.join(',')}}`;

/** The header of a one-dimensional array without nulls: dimensions, has nulls, element type, length, lower bound. */
const arrayOf = (elementOid: number, length: number, bytes: number): Buffer => {
  const buffer = Buffer.allocUnsafe(bytes);
  buffer.writeInt32BE(1, 0);
  buffer.writeInt32BE(0, 4);
  buffer.writeInt32BE(elementOid, 8);
  buffer.writeInt32BE(length, 12);
  buffer.writeInt32BE(1, 16);
  return buffer;
};
