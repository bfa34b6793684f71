import { describe, expect, it } from 'vitest';
import { logHead } from './log-head.js';

const never = new AbortController().signal;
const watched = (answers: readonly (number | Error)[]) => {
  const asked: number[] = [];
  const readHead = (): Promise<number> => {
    const answer = answers[Math.min(asked.length, answers.length - 1)]!;
    asked.push(asked.length);
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  return { asked, head: logHead({ readHead, pollMsMin: 1, pollMsMax: 2 }) };
};

describe('the head of the log', () => {
  it('resolves at once what it knows already, without a question', async () => {
    const { head, asked } = watched([0]);
    head.note(5);
    await head.beyond(4, never);
    expect([head.known(), asked.length]).toEqual([5, 0]);
  });

  it('asks until the log has moved', async () => {
    const { head, asked } = watched([3, 3, 3, 4]);
    await head.beyond(3, never);
    expect([head.known(), asked.length]).toEqual([4, 4]);
  });

  it('is one poll for all who wait', async () => {
    const { head, asked } = watched([1, 2]);
    await Promise.all([0, 1, 1, 1].map((position) => head.beyond(position, never)));
    expect(asked).toHaveLength(2);
  });

  it('is woken by an append of its own process', async () => {
    const { head } = watched([0]);
    const waiting = head.beyond(6, never);
    head.note(7);
    await waiting;
    expect(head.known()).toBe(7);
  });

  it('never goes back', () => {
    const { head } = watched([0]);
    head.note(7);
    head.note(6);
    expect(head.known()).toBe(7);
  });

  it('lets go of who aborts', async () => {
    const { head } = watched([0]);
    const stop = new AbortController();
    const waiting = head.beyond(0, stop.signal);
    stop.abort();
    await waiting;
    await head.beyond(0, stop.signal);
  });

  it('tells who waits that the database is away, and asks again for the next', async () => {
    const { head } = watched([new Error('away'), 1]);
    const waiting = [head.beyond(0, never), head.beyond(0, never)];
    for (const one of waiting) await expect(one).rejects.toThrow('away');
    await head.beyond(0, never);
    expect(head.known()).toBe(1);
  });
});
