import { type ChangedOrder, type FeedSource, sourceByTime } from '#channel-kit';
import { above, type Client, type Order, orders, type Outcome, readNewest, readPages } from '../../webservice/index.js';
import { answerOf } from '../trouble.js';

/** `2026-11-20 21:59:39` */
const wallTime = (seconds: number): string => new Date(seconds * 1_000).toISOString().slice(0, 19).replace('T', ' ');

const changeOf = ({ id, updatedAtSeconds }: Order): ChangedOrder => ({
  id: String(id),
  changedAtSeconds: updatedAtSeconds,
});

/** However many there are: after a long outage the feed has a lot to tell. */
const changedAfter = async (
  client: Client,
  seconds: number,
  signal: AbortSignal,
): Promise<Outcome<readonly ChangedOrder[]>> => {
  const changes: ChangedOrder[] = [];
  const filters = [above('date_upd', wallTime(seconds))];
  for await (const page of readPages(client, orders, { filters }, signal)) {
    if (page.kind === 'failed') return page;
    changes.push(...page.value.map(changeOf));
  }
  return { kind: 'ok', value: changes };
};

/**
 * Orders by their time of change, which edits move and refunds do not. It is the one source that shows an order before its
 * first history row. @param overlapSeconds how much of the shop's time is read again
 */
export const ordersByTime = (
  client: Client,
  now: () => number,
  overlapSeconds: (signal: AbortSignal) => Promise<number>,
): FeedSource =>
  sourceByTime({
    name: orders.path,
    now,
    overlapSeconds,
    changedAfter: async (seconds, signal) => answerOf(await changedAfter(client, seconds, signal)),
    latest: async (signal) => {
      const newest = await readNewest(client, orders, 'date_upd', signal);
      return answerOf(newest.kind === 'ok' ? { kind: 'ok', value: newest.value?.updatedAtSeconds ?? 0 } : newest);
    },
  });
