import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orderOf, startSideWorld, type SideWorld } from '../../../../test/channels/side-world.js';
import { sharedKafka } from '../../../../test/servers/kafka/shared.js';
import { announcementsGroup } from './follow-topic.js';
import type { AnnouncedPair } from '../contracts/index.js';

/* The same over a real Kafka: orders go out by its topics, announcements come by them. */

const within = { timeout: 60_000, interval: 50 };

let world: SideWorld;
beforeAll(async () => {
  const brokers = await sharedKafka();
  world = await startSideWorld({
    ...{ KAFKA_BROKERS: brokers.join(), KAFKA_TOPIC_PREFIX: `test-${randomUUID().slice(0, 8)}-` },
    ...{ KAFKA_PARTITIONS: '2', KAFKA_REPLICAS: '1' },
  });
  await world.startMessages();
  for (const sku of ['A', 'B']) await world.receive(sku, 100);
  await world.list('1', 'A');
}, 180_000);
afterAll(() => world.stop());

describe('over Kafka', () => {
  it('an order is told, and included where the figures have it', async () => {
    const order = orderOf('o1', 1, [{ product: '1', ordered: 4 }]);
    await expect.poll(() => world.side.tell([order]).then(() => 'told', String), within).toBe('told');
    const asked = [{ channel: 'web', orderKey: 'o1', version: 1 }];
    await expect.poll(() => world.side.included(asked), within).toEqual({ included: asked, refused: [] });
    expect(await world.side.figures('web', ['A'])).toMatchObject([{ sku: 'A', shown: 96 }]);
  });

  it('every pair is heard, also what was rejected, and what comes after a new start', async () => {
    const heard: AnnouncedPair[] = [];
    let refused = 0;
    const follow = () =>
      world.side.follow((pairs) => {
        if ((refused += 1) <= 2) return Promise.reject(new Error('not now'));
        heard.push(...pairs);
        return Promise.resolve();
      });
    /** The last announcement of A has been heard. */
    const isHeard = async (): Promise<boolean> => {
      const [figures] = await world.side.figures('web', ['A']);
      const newest = figures?.sequence ?? 0;
      return newest > 0 && heard.some(({ sku, sequence }) => sku === 'A' && sequence === newest);
    };
    const first = await follow();
    await expect.poll(isHeard, within).toBe(true);
    expect(refused).toBeGreaterThan(2);
    await first.stop();
    const last = Math.max(...heard.splice(0).map(({ sequence }) => sequence));
    await world.hold('c1', { sku: 'A', quantity: 1, listing: '1' });
    const second = await follow();
    await expect.poll(() => heard.some(({ sequence }) => sequence > last), within).toBe(true);
    await second.stop();
  });

  it('a position that the topic does not reach, as after one that was made anew, is begun again', async () => {
    const heard: AnnouncedPair[] = [];
    await world.pool.query(
      'UPDATE messaging.positions SET next = 1000000, last_offset = NULL, last_fingerprint = NULL WHERE group_name = $1',
      [announcementsGroup],
    );
    const following = await world.side.follow((pairs) => {
      heard.push(...pairs);
      return Promise.resolve();
    });
    await expect.poll(() => heard.map(({ sku }) => sku), within).toContain('A');
    await following.stop();
  });
});
