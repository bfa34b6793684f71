import { ProblemError } from '#platform';
import type { OfChannel } from '#read-model';

/**
 * The answer of a question about a channel.
 * @throws ProblemError unknown_channel
 */
export const foundOf = <Answer>(answer: OfChannel<Answer>, channel: string): Answer => {
  if (answer.kind === 'found') return answer.answer;
  throw new ProblemError('unknown_channel', { field: 'channel', facts: { channel } });
};

/** @throws ProblemError unknown_sku when there is nothing */
export const knownSku = <Answer>(answer: Answer | undefined, sku: string): Answer => {
  if (answer !== undefined) return answer;
  throw new ProblemError('unknown_sku', { field: 'sku', facts: { sku } });
};
