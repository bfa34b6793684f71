import { describe, expect, it } from 'vitest';
import { logBuilder, recordedAtOf } from '../../testing/log-builder.js';
import { storeOf } from '../../testing/store-of.js';
import { pastEventsMax, skuRowAt } from './sku-row-at.js';

const noted = { type: 'RequestNoted', occurredAt: recordedAtOf(0) } as const;

describe('a SKU at a moment', () => {
  it('is folded up to a bound of events; one more are too many', async () => {
    const { events, add } = logBuilder();
    for (let count = 0; count <= pastEventsMax; count += 1)
      add('stock-A', { ...noted, data: { parts: [], request: `web:${count}`, channel: 'web' } });
    const store = storeOf(events);
    expect(await skuRowAt(store, 'A', recordedAtOf(pastEventsMax))).toMatchObject({
      kind: 'found',
      row: { revision: pastEventsMax - 1, position: pastEventsMax },
    });
    expect(await skuRowAt(store, 'A', recordedAtOf(pastEventsMax + 1))).toEqual({ kind: 'too_many_events' });
  });
});
