import fc from 'fast-check';
import { expect, it } from 'vitest';
import { patience } from '../../testing/asking.js';
import { withReplies } from '../../testing/replay/with-replies.js';
import { itemsOf } from './items.js';

const product = { id: 12, parent_id: 0, manage_stock: true, stock_quantity: 3, backorders: 'no' };
const good = JSON.stringify([product]);

const bodies = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.nat(good.length).map((at) => good.slice(0, at)),
  fc.json(),
  fc.jsonValue().map((value) => JSON.stringify([{ ...product, stock_quantity: value }])),
  fc.jsonValue().map((value) => JSON.stringify([{ ...product, manage_stock: value }])),
);

const statuses = fc.oneof(fc.constant(200), fc.integer({ min: 200, max: 599 }));

it('whatever a server answers is a value: rows as they are, or a failure with advice', async () => {
  let next = { status: 200, headers: {}, body: good };
  await withReplies(
    () => next,
    async (client) => {
      const items = itemsOf(client);
      await fc.assert(
        fc.asyncProperty(statuses, bodies, async (status, body) => {
          next = { status, headers: {}, body };
          const found = await items.at([{ productId: 12, variationId: 0 }], patience());
          if (found.kind === 'ok') expect(found.value.every(({ id }) => Number.isSafeInteger(id))).toBe(true);
          else
            expect(found.failure).toMatchObject({
              applied: 'no',
              sentence: expect.stringMatching(/^.{10,}\.$/su) as string,
            });
        }),
        { numRuns: 300 },
      );
    },
  );
});
