import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Answer } from '../port/trouble.js';
import { sourceByTime, type ChangedOrder } from './by-time.js';
import { ordersSinceBy } from './orders-since.js';
import type { FeedSource } from './source.js';

const never = new AbortController().signal;
const answered = <Value>(value: Value): Promise<Answer<Value>> => Promise.resolve({ kind: 'answered', value });

/** A shop whose orders have a time of change in whole seconds, and whose clock the test moves. */
const shop = () => {
  const changedAt = new Map<string, number>();
  const clock = { millis: 1_000_000_000_000 };
  const seconds = (): number => Math.floor(clock.millis / 1_000);
  const list = (): readonly ChangedOrder[] =>
    [...changedAt]
      .map(([id, at]) => ({ id, changedAtSeconds: at }))
      .sort((a, b) => a.changedAtSeconds - b.changedAtSeconds);
  const source = (overlap: number): FeedSource =>
    sourceByTime({
      name: 'orders',
      now: () => clock.millis,
      overlapSeconds: () => Promise.resolve(overlap),
      changedAfter: (after) => answered(list().filter(({ changedAtSeconds }) => changedAtSeconds > after)),
      latest: () => answered(list().at(-1)?.changedAtSeconds ?? 0),
    });
  return { clock, source, change: (id: string, lateSeconds = 0) => void changedAt.set(id, seconds() - lateSeconds) };
};

const cursorOf = async (source: FeedSource, cursor?: string) => {
  const answer = await source.read(cursor, never);
  if (answer.kind === 'trouble') throw new Error(answer.trouble.detail);
  return answer.value;
};

type Step =
  { readonly kind: 'change' | 'late'; readonly id: string } | { readonly kind: 'pass'; readonly millis: number };

const ids = fc.constantFrom('1', '2', '3', '4');
const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constantFrom('change' as const, 'late' as const), id: ids }),
    fc.record({ kind: fc.constant('pass' as const), millis: fc.nat(4_000) }),
  ),
  { maxLength: 30 },
);

/** What was changed and never told afterwards. */
const missedBy = async (acts: readonly Step[], overlap: number): Promise<ReadonlySet<string>> => {
  const { clock, source, change } = shop();
  const feed = source(overlap);
  let { cursor } = await cursorOf(feed);
  const missed = new Set<string>();
  const read = async (): Promise<void> => {
    const reading = await cursorOf(feed, cursor);
    ({ cursor } = reading);
    for (const id of reading.orders) missed.delete(id);
  };
  for (const act of acts) {
    if (act.kind === 'pass') clock.millis += act.millis;
    else {
      change(act.id, act.kind === 'late' ? 1 : 0);
      missed.add(act.id);
    }
    await read();
  }
  clock.millis += 2_000;
  await read();
  return missed;
};

it('tells every change once more after it came, however late within the overlap and whatever its second', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (acts) => {
      expect([...(await missedBy(acts, 5))]).toEqual([]);
    }),
  );
});

it('control: without an overlap what comes late is missed', async () => {
  const late: readonly Step[] = [
    { kind: 'change', id: '1' },
    { kind: 'late', id: '2' },
  ];
  expect([...(await missedBy(late, 0))]).toEqual(['2']);
});

it('a source in trouble keeps its cursor, and to begin all of them must answer', async () => {
  const trouble = { kind: 'busy', code: 'away', detail: 'Away.' } as const;
  const away: FeedSource = { name: 'away', read: () => Promise.resolve({ kind: 'trouble', trouble }) };
  const there: FeedSource = { name: 'there', read: () => answered({ orders: ['7', '7'], cursor: 'next' }) };
  const read = ordersSinceBy([away, there]);
  expect(await read(undefined, never)).toEqual({ kind: 'trouble', trouble });
  expect(await read({ away: 'kept', there: 'old' }, never)).toEqual({
    kind: 'answered',
    value: { orders: ['7'], cursors: { away: 'kept', there: 'next' }, failed: [{ source: 'away', trouble }] },
  });
});
