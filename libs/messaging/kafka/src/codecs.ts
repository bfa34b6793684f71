import { Decompress } from 'fzstd';
import kafkajs from 'kafkajs';
import lz4 from 'lz4js';
import snappy from 'snappyjs';

// Node finds the other names of this package by itself, and these only on the whole of it.
const { CompressionCodecs, CompressionTypes } = kafkajs;

/** Brokers take batches of 1 MiB unless told otherwise. What says to be more than this is a mistake, or meant to do harm. */
export const unpackedBytesMax = 64 * 1024 * 1024;

/** Messages cannot be unpacked. */
export class UnpackingError extends Error {
  override readonly name = 'UnpackingError';
}

type Unpack = (packed: Buffer) => Uint8Array;

/** Lets this client read what others have packed by Snappy, LZ4 and Zstandard. We pack nothing by them. Any number of times. */
export const registerCodecs = (): void => {
  CompressionCodecs[CompressionTypes.Snappy] = codecOf('snappy', unpackSnappy);
  CompressionCodecs[CompressionTypes.LZ4] = codecOf('lz4', unpackLz4);
  CompressionCodecs[CompressionTypes.ZSTD] = codecOf('zstd', unpackBoundedZstd);
};

const codecOf = (name: string, unpack: Unpack) => () => ({
  compress: () => Promise.reject(new UnpackingError(`nothing is packed by ${name} here`)),
  // eslint-disable-next-line @typescript-eslint/require-await -- What is thrown rejects
  decompress: async (packed: Buffer): Promise<Buffer> => {
    try {
      return Buffer.from(unpack(packed));
    } catch (error) {
      throw new UnpackingError(`messages packed by ${name} cannot be read: ${String(error)}`, { cause: error });
    }
  },
});

/** What Java's producers put before blocks of Snappy: a magic, a version and the oldest one that reads it (xerial's framing). */
const framed = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0]);
const frameHeaderBytes = 16;
const lengthBytes = 4;

/** One block as it is, or blocks one after the other, each behind its length (big endian). */
const unpackSnappy: Unpack = (packed) => {
  if (!packed.subarray(0, framed.length).equals(framed)) return snappy.uncompress(packed, unpackedBytesMax);
  const blocks: Uint8Array[] = [];
  let unpackedBytes = 0;
  for (let at = frameHeaderBytes; at < packed.length;) {
    const end = at + lengthBytes + packed.readUInt32BE(at);
    if (end > packed.length) throw new RangeError('a block is cut off');
    const block = snappy.uncompress(packed.subarray(at + lengthBytes, end), unpackedBytesMax - unpackedBytes);
    blocks.push(block);
    unpackedBytes += block.length;
    at = end;
  }
  return Buffer.concat(blocks);
};

const demandBounded = (bytes: number): void => {
  if (!(bytes <= unpackedBytesMax)) throw new RangeError(`${bytes} bytes unpacked, ${unpackedBytesMax} at most`);
};

/** The bound counts whole blocks: it is up to 4 MiB above what there is. */
const unpackLz4: Unpack = (packed) => {
  const bytesMax = lz4.decompressBound(packed);
  demandBounded(bytesMax);
  return lz4.decompress(packed, bytesMax);
};

/** What is unpacked block by block is given up at the bound. */
const unpackBoundedZstd: Unpack = (packed) => {
  const parts: Uint8Array[] = [];
  let unpackedBytes = 0;
  const unpacking = new Decompress((part) => {
    unpackedBytes += part.length;
    demandBounded(unpackedBytes);
    parts.push(part);
  });
  unpacking.push(packed, true);
  return Buffer.concat(parts);
};
