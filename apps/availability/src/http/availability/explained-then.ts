import type { Instant } from '#event-sourcing';
import { ProblemError } from '#platform';
import type { PastExplanation, Queries } from '#read-model';
import { knownSku } from '../shared/found.js';

type Answered = Awaited<ReturnType<Queries['explainAt']>>;

/** @throws ProblemError for a channel that was not there then, a SKU that nobody knows, and more events than are folded */
export const explainedThen = (answered: Answered, channel: string, sku: string, knownAt: Instant): PastExplanation => {
  switch (answered.kind) {
    case 'found':
      return knownSku(answered.answer, sku);
    case 'unknown_channel':
      throw new ProblemError('unknown_channel', { field: 'channel', facts: { channel, knownAt } });
    case 'too_many_events':
      throw new ProblemError('too_many_events', { field: 'knownAt', facts: { eventsMax: answered.eventsMax } });
  }
};
