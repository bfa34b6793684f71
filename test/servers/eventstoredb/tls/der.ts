/** As much of DER (ITU-T X.690) as a certificate needs: everything is a tag, a length and what is inside. */
export const tlv = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content]);
};

/** Up to 127 in one byte, above that the number of bytes and then those. */
const lengthOf = (length: number): Buffer => {
  if (length < 0x80) return Buffer.from([length]);
  const bytes = Buffer.from(length.toString(16).padStart(length > 0xff ? 4 : 2, '0'), 'hex');
  return Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes]);
};

export const sequence = (...parts: readonly Uint8Array[]): Buffer => tlv(0x30, ...parts);
export const set = (...parts: readonly Uint8Array[]): Buffer => tlv(0x31, ...parts);
export const integer = (bytes: Uint8Array): Buffer => tlv(0x02, bytes);
export const octets = (...parts: readonly Uint8Array[]): Buffer => tlv(0x04, ...parts);
export const bits = (bytes: Uint8Array): Buffer => tlv(0x03, Buffer.from([0]), bytes);
export const yes = tlv(0x01, Buffer.from([0xff]));
/** Given as its encoded bytes in hex. */
export const objectId = (hex: string): Buffer => tlv(0x06, Buffer.from(hex, 'hex'));
export const utf8 = (text: string): Buffer => tlv(0x0c, Buffer.from(text));
/** As YYMMDDhhmmssZ. */
export const utcTime = (text: string): Buffer => tlv(0x17, Buffer.from(text));
