import type { RecordedEvent } from '#event-sourcing';
import type { Page } from '#read-model';
import { eventView, type EventView } from '../shared/event.view.js';

/** The changes of a policy in their order; the `data` of each is all that it has been since. */
export type PolicyHistoryView = { readonly rows: readonly EventView[]; readonly next?: string };

export const policyHistoryView = ({ rows, next }: Page<RecordedEvent>): PolicyHistoryView => ({
  rows: rows.map(eventView),
  ...(next !== undefined && { next }),
});
