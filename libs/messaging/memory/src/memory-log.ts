import type { IncomingMessage, Offset } from '#messaging';

/** What anybody may have written: see `IncomingMessage`. Of repeated header names the last one counts. */
export type RawMessage = {
  readonly key: Uint8Array | undefined;
  readonly headers: readonly (readonly [string, string])[];
  readonly value: Uint8Array | undefined;
};

export type MemoryPartition = {
  readonly low: () => Offset;
  readonly high: () => Offset;
  readonly add: (message: RawMessage) => void;
  readonly slice: (from: Offset, messagesMax: number) => readonly IncomingMessage[];
  /** Forgets everything below an offset. */
  readonly trim: (below: Offset) => void;
};

export const createPartition = (): MemoryPartition => {
  const messages: RawMessage[] = [];
  let low = 0;
  const at = (from: Offset, index: number): Offset => Math.max(from, low) + index;
  return {
    low: () => low,
    high: () => low + messages.length,
    add: (message) => void messages.push(message),
    slice: (from, messagesMax) => {
      const start = Math.max(from - low, 0);
      return messages.slice(start, start + messagesMax).map((message, index) => incoming(message, at(from, index)));
    },
    trim: (below) => {
      const forgotten = Math.min(Math.max(below - low, 0), messages.length);
      messages.splice(0, forgotten);
      low += forgotten;
    },
  };
};

const incoming = ({ key, headers, value }: RawMessage, offset: Offset): IncomingMessage => ({
  offset,
  key: key?.slice(),
  headers: new Map(headers),
  value: value?.slice(),
});
