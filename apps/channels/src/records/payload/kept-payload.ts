import { createHash } from 'node:crypto';
import { recordLimits } from '../limits.js';
import { redacted } from './redacted.js';

/** What is kept of a payload. */
export type KeptPayload = {
  /** JSON without persons and keys; of a large one its beginning. Empty: there was none. */
  readonly text: string;
  /** SHA-256 of the whole as it came, so that two can be compared; undefined: there was none. */
  readonly sha256: Uint8Array | undefined;
};

const none: KeptPayload = { text: '', sha256: undefined };

/** Bears whatever a shop has answered. */
export const keptPayloadOf = (payload: unknown): KeptPayload => {
  if (payload === undefined) return none;
  const clean = JSON.stringify(redacted(payload));
  return {
    text: bounded(clean),
    sha256: createHash('sha256')
      .update(wholeOf(payload) ?? clean)
      .digest(),
  };
};

/** Undefined for what is no JSON: it nests in itself, or holds a bigint. */
const wholeOf = (payload: unknown): string | undefined => {
  try {
    return JSON.stringify(payload);
  } catch {
    return undefined;
  }
};

/** Room for the members around a beginning in which each character is escaped once more. */
const beginningBytesMax = Math.floor(recordLimits.payloadBytesMax / 2) - 64;

const bounded = (json: string): string => {
  const bytes = Buffer.byteLength(json);
  if (bytes <= recordLimits.payloadBytesMax) return json;
  const beginning = Buffer.from(json).subarray(0, beginningBytesMax).toString().replaceAll('\u{fffd}', '');
  return JSON.stringify({ cutFromBytes: bytes, begins: beginning });
};
