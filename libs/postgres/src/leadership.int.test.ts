import { setTimeout as sleepFor } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '#testing/postgres';
import { whileLeading } from './leadership.js';
import { createPool, type Pool } from './pool.js';

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await createDatabase();
  pool = createPool({ url: database.url, applicationName: 'leadership-test', max: 2 });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const sleep = (millis: number, signal: AbortSignal): Promise<void> =>
  sleepFor(millis, undefined, { signal }).catch(() => undefined);

/** Processes that want to lead, as they tell it. */
const candidates = () => {
  const leading: string[] = [];
  const told: string[] = [];
  const trouble: unknown[] = [];
  const start = (name: string, office = 'test') => {
    const stopping = new AbortController();
    const ended = whileLeading(
      {
        ...{ url: database.url, applicationName: `candidate ${name}`, name: office, signal: stopping.signal, sleep },
        onTrouble: (error) => trouble.push(error),
      },
      async (signal) => {
        leading.push(name);
        told.push(leading.join('+'));
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        leading.splice(leading.indexOf(name), 1);
      },
    );
    return {
      stop: async () => {
        stopping.abort();
        await ended;
      },
    };
  };
  return { leading, told, trouble, start };
};

describe('leadership', () => {
  it('is with one of those who ask, and goes over when it stops', async () => {
    const { leading, told, start } = candidates();
    const [a, b] = [start('a'), start('b')];
    await expect.poll(() => leading.length).toBe(1);
    const [first, second] = leading[0] === 'a' ? [a, b] : [b, a];
    await first.stop();
    await expect.poll(() => leading.length).toBe(1);
    expect([...told].sort()).toEqual(['a', 'b']);
    await second.stop();
    expect(leading).toEqual([]);
  });

  it('ends where its connection is lost, and is somebody’s again', async () => {
    const { leading, told, trouble, start } = candidates();
    const a = start('a');
    await expect.poll(() => leading).toEqual(['a']);
    await pool.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'candidate a'`);
    await expect.poll(() => told).toEqual(['a', 'a']);
    expect(trouble).toHaveLength(1);
    await a.stop();
  });

  it('goes over from one that stands still, though its connection is whole', async () => {
    const [stopping, begun, lost] = [new AbortController(), [] as AbortSignal[], [] as unknown[]];
    const over: string[] = [];
    let goOn: () => void = () => undefined;
    void whileLeading(
      {
        ...{ url: database.url, applicationName: 'frozen', name: 'frozen', signal: stopping.signal },
        sleep: () => new Promise((resolve) => (goOn = resolve)),
        onTrouble: (error) => lost.push(error),
      },
      async (signal) => {
        begun.push(signal);
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
      },
    ).then(() => over.push('over'));
    await expect.poll(() => begun.length).toBe(1);
    const { leading, start } = candidates();
    const b = start('b', 'frozen');
    await expect.poll(() => leading).toEqual(['b']);
    stopping.abort();
    await expect.poll(() => (goOn(), lost.length)).toBe(1);
    await b.stop();
    await expect.poll(() => (goOn(), over.length)).toBe(1);
  });

  it('waits for work that ends slowly although the lead is lost', async () => {
    const [stopping, order, begun] = [new AbortController(), [] as string[], [] as AbortSignal[]];
    let finish: () => void = () => undefined;
    const ended = whileLeading(
      {
        ...{ url: database.url, applicationName: 'slow', name: 'slow', signal: stopping.signal, sleep },
        onTrouble: () => order.push('trouble'),
      },
      async (signal) => {
        begun.push(signal);
        await new Promise<void>((resolve) => (finish = resolve));
        order.push('work ended');
      },
    ).then(() => order.push('ended'));
    await expect.poll(() => begun.length).toBe(1);
    await pool.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'slow'`);
    await expect.poll(() => begun[0]?.aborted).toBe(true);
    stopping.abort();
    const { leading, start } = candidates();
    const b = start('b', 'slow');
    await expect.poll(() => leading).toEqual(['b']);
    await b.stop();
    finish();
    await ended;
    expect(order).toEqual(['work ended', 'trouble', 'ended']);
  });
});
