import { expect, it } from 'vitest';
import { receipt, setUpShop, startServer } from './harness.js';
import { anyNumber } from './views.js';

it('answers 429 with Retry-After when the queues are full, and goes on', async () => {
  const server = await startServer({ env: { LANE_QUEUE_MAX: '1', TOTAL_QUEUE_MAX: '2' } });
  try {
    await setUpShop(server);
    const calls = Array.from({ length: 60 }, (_, index) =>
      server.call('POST', '/v1/movements', { body: receipt({ sourceKey: `rush-${index}`, quantity: 1 }) }),
    );
    const answers = await Promise.all(calls);
    const busy = answers.filter(({ status }) => status === 429);
    const stored = answers.filter(({ status }) => status === 200);
    expect(busy.length).toBeGreaterThan(0);
    expect(busy.length + stored.length).toBe(60);
    for (const answer of busy) {
      expect(answer.body).toMatchObject({ code: 'busy', retryAfterSeconds: anyNumber });
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    }
    await server.ok('POST', '/v1/movements', receipt({ sourceKey: 'after', quantity: 1 }));
    await server.caughtUp();
    expect(await server.ok('GET', '/v1/stock/A')).toMatchObject({ onHand: 10 + stored.length + 1 });
  } finally {
    await server.stop();
  }
});
