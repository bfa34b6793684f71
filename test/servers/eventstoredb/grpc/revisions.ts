import type { ExpectedRevision } from '../log/check-append.js';

export type Expected = ExpectedRevision;

type Choices = {
  readonly hasAny: () => boolean;
  readonly hasNoStream: () => boolean;
  readonly hasStreamExists: () => boolean;
};

/** One of four, as every request that writes says it; `revision` is asked only when it is none of the words. */
export const expectedIn = (options: Choices, revision: () => string): Expected => {
  if (options.hasAny()) return 'any';
  if (options.hasNoStream()) return 'no_stream';
  return options.hasStreamExists() ? 'stream_exists' : BigInt(revision());
};

const numbers = { no_stream: -1, any: -2, stream_exists: -4 };

/** The number that stands for it in trailers. */
export const revisionText = (expected: Expected): string =>
  typeof expected === 'bigint' ? expected.toString() : String(numbers[expected]);
