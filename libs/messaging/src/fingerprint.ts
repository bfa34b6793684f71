import { createHash, type Hash } from 'node:crypto';
import type { IncomingMessage } from './message.js';
import type { RecordMark } from './ports.js';

/**
 * What a message is recognised by when it is met again at its offset: 32 hex characters over key, headers (in the order
 * of their names, as a transport may give them in any) and value, each with its length before it.
 */
export const fingerprintOf = ({ key, headers, value }: Omit<IncomingMessage, 'offset'>): string => {
  const hash = createHash('sha256');
  add(hash, key);
  for (const [name, text] of [...headers].sort(byName)) {
    add(hash, Buffer.from(name));
    add(hash, Buffer.from(text));
  }
  add(hash, value);
  return hash.digest('hex').slice(0, fingerprintChars);
};

/** The mark that a group leaves at the last message of what it has done. */
export const markOf = (message: IncomingMessage): RecordMark => ({
  offset: message.offset,
  fingerprint: fingerprintOf(message),
});

/** 128 bits: nobody makes two messages alike by accident, and a row stays short. */
const fingerprintChars = 32;
/** As a length: no bytes at all, which is not the same as none of them. */
const absent = 0xffff_ffff;

const add = (hash: Hash, bytes: Uint8Array | undefined): void => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes?.length ?? absent);
  hash.update(length);
  if (bytes !== undefined) hash.update(bytes);
};

const byName = ([a]: readonly [string, string], [b]: readonly [string, string]): number => (a < b ? -1 : 1);
