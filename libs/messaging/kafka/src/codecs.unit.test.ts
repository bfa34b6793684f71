import kafkajs from 'kafkajs';
import { describe, expect, it } from 'vitest';
import { registerCodecs, unpackedBytesMax, UnpackingError } from './codecs.js';

registerCodecs();
const { CompressionCodecs, CompressionTypes } = kafkajs;

type Codec = {
  readonly compress: () => Promise<Buffer>;
  readonly decompress: (packed: Buffer) => Promise<Buffer>;
};
const codecOf = (type: 2 | 3 | 4): Codec => (CompressionCodecs[type] as () => Codec)();
const snappy = codecOf(CompressionTypes.Snappy);
const lz4 = codecOf(CompressionTypes.LZ4);
const zstd = codecOf(CompressionTypes.ZSTD);

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

/** `ledger ` ten times, packed by the programs of these formats. */
const text = 'ledger '.repeat(10);
const block = '46 18 6c656467657220 fa0700';
const header = '82534e4150505900 00000001 00000001';
const packed = {
  snappy: hex(block),
  framed: hex(`${header} 0000000c ${block} 0000000c ${block}`),
  lz4: hex('04224d18 604082 11000000 7f 6c656467657220 0700 2750 64676572 20 00000000'),
  zstd: hex('28b52ffd 2446 6d0000 38 6c656467657220 0100 94548c eb75d203'),
};

describe('messages that others have packed', () => {
  it('are unpacked by snappy, as a block and framed as Java does', async () => {
    expect(String(await snappy.decompress(packed.snappy))).toBe(text);
    expect(String(await snappy.decompress(packed.framed))).toBe(text + text);
  });
  it('are unpacked by lz4 and zstd', async () => {
    expect(String(await lz4.decompress(packed.lz4))).toBe(text);
    expect(String(await zstd.decompress(packed.zstd))).toBe(text);
  });
  it('are never packed by them here', async () => {
    for (const codec of [snappy, lz4, zstd]) await expect(codec.compress()).rejects.toThrow(UnpackingError);
  });
});

/** Blocks of one repeated byte, 128 KiB each, in four bytes. */
const zstdOf = (blocks: number): Buffer =>
  Buffer.concat([hex('28b52ffd 0070'), ...Array.from({ length: blocks }, () => hex('020010 61')), hex('010000')]);

describe('control: what cannot be unpacked is refused', () => {
  it.each([
    ['a block of snappy that is cut off', snappy, packed.snappy.subarray(0, 6)],
    ['a frame of snappy that is cut off', snappy, packed.framed.subarray(0, 40)],
    ['snappy that says to be large', snappy, hex('ffffffff07 00')],
    ['no frame of lz4', lz4, packed.zstd],
    ['lz4 that says to be large', lz4, Buffer.concat([hex('04224d18 684082'), Buffer.alloc(64, 0x7f)])],
    ['no frame of zstd', zstd, packed.lz4],
    ['zstd that unpacks to more than the bound', zstd, zstdOf(unpackedBytesMax / 131_072 + 1)],
  ])('%s', async (_, codec, bytes) => {
    await expect(codec.decompress(bytes)).rejects.toThrow(UnpackingError);
  });
  it('and the same below the bound is not', async () => {
    expect((await zstd.decompress(zstdOf(16))).length).toBe(16 * 131_072);
  });
});
