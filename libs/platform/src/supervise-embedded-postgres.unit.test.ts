import { describe, expect, it } from 'vitest';
import { EmbeddedPostgresError, type ServerEnd } from './embedded-postgres.js';
import type { Logger } from './logging/logger.js';
import { restartsMax, superviseEmbeddedPostgres } from './supervise-embedded-postgres.js';

const killed: ServerEnd = { code: null, signal: 'SIGKILL', said: 'the last words' };

/** A server that ends when the test says so and starts as often as it says; waits are noted, and nobody waits. */
const openScene = (starts: readonly boolean[]) => {
  const abort = new AbortController();
  const outcomes = starts.values();
  const waits: number[] = [];
  const logged: string[] = [];
  const note = (message: string): void => void logged.push(message);
  const logger: Logger = { debug: note, info: note, warn: note, error: note };
  let end: (how: ServerEnd) => void = () => undefined;
  let watched: () => void = () => undefined;
  const watching = (): Promise<void> => new Promise((resolve) => (watched = resolve));
  const server = {
    ended: () => {
      watched();
      return new Promise<ServerEnd>((resolve) => (end = resolve));
    },
    restart: () =>
      outcomes.next().value === true ? Promise.resolve() : Promise.reject(new EmbeddedPostgresError('no room')),
  };
  const sleep = (millis: number): Promise<void> => {
    waits.push(millis);
    return Promise.resolve();
  };
  const supervised = superviseEmbeddedPostgres({ server, sleep, logger }, abort.signal);
  return { abort, supervised, waits, logged, watching, end: () => end(killed) };
};

const times = (count: number, value: boolean): boolean[] => Array.from({ length: count }, () => value);

describe('the supervision of PostgreSQL', () => {
  it('starts it again each time it ends, at once', async () => {
    const { abort, supervised, waits, logged, watching, end } = openScene([true, true]);
    for (let count = 0; count < 2; count++) {
      const again = watching();
      end();
      await again;
    }
    expect(waits).toEqual([]);
    expect(logged).toEqual([
      ...['PostgreSQL has ended and is started again', 'PostgreSQL runs again'],
      ...['PostgreSQL has ended and is started again', 'PostgreSQL runs again'],
    ]);
    abort.abort();
    await supervised;
  });

  it('waits longer and longer while it does not start, and counts anew once it has', async () => {
    const almost = times(restartsMax - 1, false);
    const { abort, supervised, waits, watching, end } = openScene([...almost, true, ...almost, true]);
    for (let count = 0; count < 2; count++) {
      const again = watching();
      end();
      await again;
    }
    const doubling = [250, 500, 1_000, 2_000, 4_000];
    expect(waits).toEqual([...doubling, ...doubling]);
    abort.abort();
    await supervised;
  });

  it('gives up after so many tries, and says what the last one said', async () => {
    const { supervised, waits, end } = openScene(times(restartsMax, false));
    end();
    await expect(supervised).rejects.toThrow(EmbeddedPostgresError);
    await expect(supervised).rejects.toThrow(`${restartsMax} tries to start it again failed. The last one: no room`);
    expect(waits).toHaveLength(restartsMax - 1);
  });

  it('starts nothing that ends after its owner has said so', async () => {
    const { abort, supervised, logged, end } = openScene([]);
    abort.abort();
    end();
    await supervised;
    expect(logged).toEqual([]);
  });
});
