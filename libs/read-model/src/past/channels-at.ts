import type { EventStore, Instant } from '#event-sourcing';
import { applyPolicyEvent, emptyBook } from '#policies';
import type { Queryable } from '#postgres';
import { run } from '../sql.js';
import type { Channels } from '../supply/channels.js';
import { recordedUpTo } from './recorded-up-to.js';
import { pastStatements } from './statements.js';

/**
 * Every channel and location as their policy streams had them at a moment. None is ever removed: those that the fold knows
 * now are at least those of then. Who lists what is not told: an explanation does not ask.
 */
export const channelsAt = async (
  session: Queryable,
  store: Pick<EventStore, 'read'>,
  at: Instant,
): Promise<Channels> => {
  const streams = await run<{ readonly stream: string }>(session, pastStatements['list-policy-streams']);
  let book = emptyBook;
  const names = streams.map(({ stream }) => stream);
  for await (const events of recordedUpTo(store, names, at)) book = events.reduce(applyPolicyEvent, book);
  return {
    policies: book.channels,
    withListings: new Set(),
    standings: book.locations,
  };
};
