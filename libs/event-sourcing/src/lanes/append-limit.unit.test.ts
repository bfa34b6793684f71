import { describe, expect, it } from 'vitest';
import { createMemoryStore } from '#event-store/memory';
import { lanesScene } from '#testing';
import type { AppendLimit, Write } from '../event-store.js';

/** An event counts as one. */
const limit = (bytesMax: number): AppendLimit => ({ bytesMax, bytesOf: () => 1 });

/** Lanes on a store that takes so many events of a stream at once, and the sizes of what it was given. */
const limited = (appendLimit?: AppendLimit) => {
  const inner = createMemoryStore(appendLimit === undefined ? {} : { capabilities: { appendLimit } });
  const sizes: number[] = [];
  const append = (writes: readonly Write[]) => {
    sizes.push(...writes.map(({ events }) => events.length));
    return inner.append(writes);
  };
  return { sizes, ...lanesScene({ store: { ...inner, append } }) };
};

const put = { kind: 'put', quantity: 1 } as const;
const many = (count: number) => ({ kind: 'put_many', quantity: 1, count }) as const;

describe('a store that takes so much in one append', () => {
  it('is not given a command that makes more: it is told the numbers, and nothing is stored', async () => {
    const { send, sizes, metrics, log } = limited(limit(3));
    expect(await send(many(4))).toEqual({ kind: 'too_large', bytes: 4, bytesMax: 3 });
    expect(sizes).toEqual([]);
    expect(metrics).toContainEqual({ kind: 'too_large', stream: 'counter-1', bytes: 4, bytesMax: 3 });
    expect(await log()).toEqual([]);
  });

  it('takes the others that came with it, in appends that it can carry', async () => {
    const { send, sizes, log } = limited(limit(3));
    const outcomes = await Promise.all([put, put, many(4), many(2), put].map((command) => send(command)));
    expect(outcomes.map(({ kind }) => kind)).toEqual(['accepted', 'accepted', 'too_large', 'accepted', 'accepted']);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(3);
    expect((await log()).map(({ type }) => type)).toEqual(['Changed', 'Changed', 'Changed', 'Noted', 'Changed']);
  });

  it('control: at the limit it is taken, and without one more is, too', async () => {
    expect(await limited(limit(4)).send(many(4))).toMatchObject({ kind: 'accepted' });
    expect(await limited().send(many(4))).toMatchObject({ kind: 'accepted' });
  });
});

describe('a command whose preparation was the first of its stream', () => {
  it('has opened it', async () => {
    const { send } = lanesScene();
    expect(await send({ kind: 'put_on_odd', quantity: 1 })).toMatchObject({
      kind: 'accepted',
      opened: true,
      revision: 1,
    });
    expect(await send({ kind: 'put_on_even', quantity: 1 }), 'control').toMatchObject({ opened: false });
  });
});
