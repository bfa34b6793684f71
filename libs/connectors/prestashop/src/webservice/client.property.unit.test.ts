import fc from 'fast-check';
import { expect, it } from 'vitest';
import { recordedAnswer, type RecordedResponse } from '../../testing/replay/recorded-answers.js';
import { withShop } from '../../testing/replay/with-shop.js';
import { readPage } from './lists.js';
import { stockAvailables } from './resources/stock-availables.js';

const good = recordedAnswer('8.2.1', 'list: full');

const bodies = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string().map((text) => `<?xml version="1.0"?><prestashop>${text}</prestashop>`),
  fc.string().map((text) => good.body.replace('<stock_availables>', `<stock_availables>${text}`)),
  fc.nat(good.body.length).map((at) => good.body.slice(0, at)),
);

const answers: fc.Arbitrary<RecordedResponse> = fc.record({
  status: fc.oneof(fc.constant(200), fc.integer({ min: 200, max: 599 })),
  headers: fc.constantFrom<Readonly<Record<string, string>>>(
    {},
    { 'psws-version': '8.2.1' },
    { location: 'http://a.example' },
  ),
  body: bodies,
});

it('whatever a server answers is a value: the rows as they are, or a failure with advice', async () => {
  let next = good;
  await withShop(
    () => next,
    (client) =>
      fc.assert(
        fc.asyncProperty(answers, async (answer) => {
          next = answer;
          const page = await readPage(client, stockAvailables, { afterId: 0 });
          if (page.kind === 'ok') expect([0, 2]).toContain(page.value.rows.length);
          else
            expect(page.failure).toMatchObject({
              applied: 'no',
              sentence: expect.stringMatching(/^.{10,}\.$/su) as string,
            });
        }),
        { numRuns: 300 },
      ),
  );
});
