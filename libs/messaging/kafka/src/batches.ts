import type { OutgoingMessage } from '#messaging';

/** A message and its place among those that were handed over. */
export type Numbered = { readonly index: number; readonly message: OutgoingMessage };

/** 500 messages of the usual size are sent at 75-100 thousand a second; more in one batch gain nothing. */
const batchMessagesMax = 500;
/** Half of what brokers take by default (1 MiB), for what the format adds. */
const batchBytesMax = 512 * 1024;
/** Lengths, offsets and times of a record and of its headers. */
const recordBytes = 32;

/** In order, bounded by count and bytes. A message over the bound stands alone: the broker decides. */
export const batchesOf = (messages: readonly Numbered[]): readonly (readonly Numbered[])[] => {
  const batches: Numbered[][] = [];
  let bytes = 0;
  for (const one of messages) {
    const size = bytesOf(one.message);
    const last = batches.at(-1);
    if (last === undefined || last.length >= batchMessagesMax || bytes + size > batchBytesMax) {
      batches.push([one]);
      bytes = size;
    } else {
      last.push(one);
      bytes += size;
    }
  }
  return batches;
};

const bytesOf = ({ key, headers, value }: OutgoingMessage): number =>
  Object.entries(headers).reduce(
    (sum, [name, text]) => sum + Buffer.byteLength(name) + Buffer.byteLength(text),
    recordBytes + Buffer.byteLength(key) + Buffer.byteLength(value ?? ''),
  );
