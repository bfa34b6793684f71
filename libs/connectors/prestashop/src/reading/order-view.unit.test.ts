import { describe, expect, it } from 'vitest';
import { plainShop } from '../../testing/plain-shop.js';
import { recordedVersions } from '../../testing/recorded/index.js';
import { recordedAnswer, type RecordedResponse } from '../../testing/replay/recorded-answers.js';
import { type SeenRequest } from '../../../../shop-http/testing/replay-server.js';
import { withShop } from '../../testing/replay/with-shop.js';
import { changesBetween } from '../effects/index.js';
import { readOrder } from './order-view.js';

const names: Readonly<Record<string, string>> = {
  '/api/orders/1': 'order 1 after',
  '/api/order_histories': 'order_histories of order 1',
  '/api/order_details': 'order_details of an order',
  '/api/order_slip': 'order_slip: empty',
};

describe.each(recordedVersions)('an order recorded on %s', (version) => {
  const recorded = ({ path }: SeenRequest): RecordedResponse =>
    recordedAnswer(version, names[path] ?? 'one: unknown id');

  it('is read whole, its own rows alone', async () => {
    await withShop(recorded, async (client, server) => {
      const reading = await readOrder(client, 1);
      expect(reading).toMatchObject({
        kind: 'ok',
        value: { order: { id: 1 }, view: { shopId: 1, stateId: 6, slips: [] } },
      });
      if (reading.kind === 'failed') return;
      expect(reading.value.view.history.map(({ stateId }) => stateId).slice(0, 2)).toEqual([1, 6]);
      expect(reading.value.view.lines.length).toBeGreaterThan(0);
      const filters = server.seen.map(({ path, query }) => [path, query['filter[id_order]']]);
      expect(filters).toEqual([
        ['/api/order_histories', '[1]'],
        ['/api/orders/1', undefined],
        ['/api/order_details', '[1]'],
        ['/api/order_slip', '[1]'],
      ]);
    });
  });

  it('tells the model what it took: made, and cancelled within the second', async () => {
    await withShop(recorded, async (client) => {
      const reading = await readOrder(client, 1);
      if (reading.kind === 'failed') throw new Error(reading.failure.sentence);
      const changes = changesBetween(undefined, reading.value.view, plainShop(version === '8.2.1' ? '8' : '9'));
      for (const moved of changes.values()) expect(moved).toContain(0);
    });
  });

  it('whose state is ahead of its history has the history read once more', async () => {
    const begun = recordedAnswer(version, 'order_histories: keyset');
    const histories = [begun, begun, recordedAnswer(version, 'order_histories of order 1')];
    const behind = (request: SeenRequest): RecordedResponse =>
      request.path === '/api/order_histories' ? (histories.shift() ?? begun) : recorded(request);
    await withShop(behind, async (client, server) => {
      const ahead = await readOrder(client, 1);
      expect(ahead).toMatchObject({ kind: 'ok', value: { view: { stateId: 6 } } });
      expect(server.seen.filter(({ path }) => path === '/api/order_histories')).toHaveLength(2);
    });
  });

  it('that is gone is not found', async () => {
    await withShop(recorded, async (client) => {
      expect(await readOrder(client, 2)).toMatchObject({ kind: 'failed', failure: { kind: 'not_found' } });
    });
  });

  it.each(Object.keys(names))('is not read where %s fails', async (path) => {
    const failing = (request: SeenRequest): RecordedResponse =>
      request.path === path ? recordedAnswer(version, 'webservice disabled') : recorded(request);
    await withShop(failing, async (client) => {
      expect(await readOrder(client, 1)).toMatchObject({ kind: 'failed', failure: { kind: 'webservice_off' } });
    });
  });
});
