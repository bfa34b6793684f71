import type { EventStore } from '#event-sourcing';
import { cursorOf, InvalidCursorError, keyOfCursor } from './cursor.js';
import { pageOf, rowsOf } from './page.js';
import type { Queries } from './types.js';

/** Who changed a policy to what, and when: the log itself. */
export const policyHistoryQueries = (store: Pick<EventStore, 'read'>): Pick<Queries, 'policyHistoryOf'> => ({
  policyHistoryOf: async (stream, page) => {
    const size = rowsOf(page);
    const from = page.after === undefined ? 0 : revisionOf(page.after) + 1;
    const [events = []] = await store.read([{ stream, from }], size + 1);
    if (events.length === 0 && from === 0) return undefined;
    return pageOf(events, size, ({ revision }) => cursorOf(String(revision)));
  },
});

const revisionOf = (cursor: string): number => {
  const [text = ''] = keyOfCursor(cursor, 1);
  if (!/^\d{1,9}$/u.test(text)) throw new InvalidCursorError('Not a cursor of a policy history');
  return Number(text);
};
