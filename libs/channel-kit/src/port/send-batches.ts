import type { RowKey, WriteAnswer } from './channel-port.js';
import type { Answer, Trouble } from './trouble.js';

/** What came of one request: what it says of its rows, or why it failed, and whether it may have been carried out. */
export type BatchOutcome =
  | { readonly kind: 'answered'; readonly value: WriteAnswer }
  | { readonly kind: 'failed'; readonly trouble: Trouble; readonly applied: 'no' | 'unknown' };

/** Rows that go in one request. */
export type SentBatch = { readonly keys: readonly RowKey[]; readonly send: () => Promise<BatchOutcome> };

type FailedRow = WriteAnswer['failed'][number];

const failedWith = (keys: readonly RowKey[], { code, detail }: Trouble): readonly FailedRow[] =>
  keys.map((row) => ({ row, code, detail }));

/**
 * One request after another, and none after one that failed. What some requests did is answered although a later one failed;
 * rows of a request that may have been carried out are not named. A refusal that is certain is one of its rows.
 *
 * @param refused rows that are not sent at all
 */
export const sendBatches = async (
  batches: readonly SentBatch[],
  refused: readonly FailedRow[],
): Promise<Answer<WriteAnswer>> => {
  const written: RowKey[] = [];
  const failed: FailedRow[] = [...refused];
  for (const [at, { keys, send }] of batches.entries()) {
    const outcome = await send();
    if (outcome.kind === 'answered') {
      written.push(...outcome.value.written);
      failed.push(...outcome.value.failed);
      continue;
    }
    const { trouble, applied } = outcome;
    const isOfRows = applied === 'no' && trouble.kind === 'refused';
    if (written.length === 0 && !isOfRows) return { kind: 'trouble', trouble };
    const own = applied === 'no' ? failedWith(keys, trouble) : [];
    const notSent = batches.slice(at + 1).flatMap((rest) => failedWith(rest.keys, trouble));
    return { kind: 'answered', value: { written, failed: [...failed, ...own, ...notSent] } };
  }
  return { kind: 'answered', value: { written, failed } };
};
