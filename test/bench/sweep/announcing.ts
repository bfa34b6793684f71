import { setTimeout as wait } from 'node:timers/promises';
import type { Pool } from '#postgres';
import { createAnnouncer } from '#read-model';

/** Between two looks at what is still due. */
const lookMillis = 100;

type Left = { readonly sweeps: number; readonly due: number };

const leftIn = async (pool: Pool): Promise<Left> => {
  const { rows } = await pool.query<Left>(
    'SELECT (SELECT count(*) FROM read.sweep) AS sweeps, (SELECT count(*) FROM read.due) AS due',
  );
  const [left] = rows;
  if (left === undefined) throw new Error('A count without a row');
  return left;
};

/** Announces all that is due, beside the service's own announcer and without its rests. */
export const drain = async (pool: Pool, say: (text: string) => void): Promise<void> => {
  const { step } = createAnnouncer({ pool, onError: (error) => say(String(error)) });
  for (let steps = 0; ; steps += 1) {
    const { taken } = await step();
    if (taken === 0) {
      const { sweeps, due } = await leftIn(pool);
      if (sweeps === 0 && due === 0) return;
    }
    if (steps > 0 && steps % 500 === 0) say(`${(await leftIn(pool)).due} SKUs are due`);
  }
};

/** Resolves when no sweep is under way and all it has made due is announced; what sales make due comes and goes. */
export const sweptAll = async (pool: Pool): Promise<void> => {
  for (;;) {
    const { rows } = await pool.query<{ readonly left: boolean }>(
      'SELECT EXISTS (SELECT FROM read.sweep) OR EXISTS (SELECT FROM read.due WHERE priority = 2) AS left',
    );
    if (rows[0]?.left === false) return;
    await wait(lookMillis);
  }
};

/** Pairs that the world was told something else of than `shown`, and pairs that it was told of. */
export const toldOf = async (
  pool: Pool,
  channel: string,
  shown: number,
): Promise<{ readonly pairs: number; readonly wrong: number }> => {
  const { rows } = await pool.query<{ pairs: number; wrong: number }>(
    'SELECT count(*) AS pairs, count(*) FILTER (WHERE shown <> $2) AS wrong FROM read.announced WHERE channel = $1',
    [channel, shown],
  );
  return rows[0] ?? { pairs: 0, wrong: 0 };
};
