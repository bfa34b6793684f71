import type { RecordedEvent } from '#event-sourcing';
import type { AuditedChannel } from '../../simulation/auditor/channel.js';
import type { Books } from '../clients/books.js';

/** What a run leaves to be judged: the log, and what the clients know. */
export type Evidence = {
  readonly log: readonly RecordedEvent[];
  readonly books: readonly Books[];
  readonly channels: readonly AuditedChannel[];
};
