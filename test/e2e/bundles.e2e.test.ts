import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { receipt, setUpShop, startServer, type LedgerServer } from './harness.js';
import { expectRefusal } from './refusal.js';
import { anyText, asPage } from './views.js';

let server: LedgerServer;
beforeAll(async () => {
  server = await startServer();
  await setUpShop(server);
  await server.ok('POST', '/v1/movements', receipt({ sku: 'B', quantity: 6, sourceKey: 'opening-B' }));
});
afterAll(() => server.stop());

const of = (sku: string, units: unknown = 1) => ({ sku, units });
const recipe = (components: readonly object[], more: object = {}) => ({ revision: -1, components, ...more });
const put = (sku: string, body: object) => server.ok('PUT', `/v1/bundles/${sku}`, body);

describe('a recipe', () => {
  it('is set, answered at once, changed over the revision that was read, and ended; its history says why', async () => {
    expect(await put('GIFT', recipe([of('A', 2), of('B')], { reason: 'Christmas' }))).toEqual({
      sku: 'GIFT',
      components: [of('A', 2), of('B', 1)],
      revision: 0,
    });
    expect(await put('GIFT', recipe([of('A', 2), of('B')]))).toMatchObject({ revision: 0 });
    await expectRefusal(server, () => server.call('PUT', '/v1/bundles/GIFT', { body: recipe([of('B')]) }), {
      ...{ status: 409, code: 'policy_changed', field: 'revision' },
    });
    expect(await put('GIFT', recipe([of('B')], { revision: 0 }))).toMatchObject({ revision: 1 });
    expect(await put('GIFT', recipe([], { revision: 1 }))).toEqual({ sku: 'GIFT', components: [], revision: 2 });
    expect(await server.ok('GET', '/v1/bundles/GIFT')).toEqual({ sku: 'GIFT', components: [], revision: 2 });
    await server.caughtUp();
    expect(asPage(await server.ok('GET', '/v1/bundles')).rows).toEqual([{ sku: 'GIFT', components: [], revision: 2 }]);
    const history = asPage(await server.ok('GET', '/v1/bundles/GIFT/history')).rows;
    expect(history).toMatchObject([{ data: { reason: 'Christmas' }, actor: anyText }, {}, {}]);
  });

  it.each<[string, object, { status: number; code: string; field: string }]>([
    ['itself', recipe([of('SET')]), { status: 422, code: 'bundle_in_itself', field: 'components' }],
    ['a bundle', recipe([of('KIT')]), { status: 422, code: 'bundle_too_deep', field: 'components' }],
    ['a component twice', recipe([of('A'), of('A')]), { status: 400, code: 'duplicate_item', field: 'components' }],
    ['no units', recipe([of('A', 0)]), { status: 400, code: 'invalid_quantity', field: 'components[0].units' }],
    ['fewer than none', recipe([of('A', -1)]), { status: 400, code: 'invalid_quantity', field: 'components[0].units' }],
    ['half a unit', recipe([of('A', 0.5)]), { status: 400, code: 'invalid_number', field: 'components[0].units' }],
    [
      'too many units',
      recipe([of('A', 1_000_001)]),
      { status: 400, code: 'invalid_quantity', field: 'components[0].units' },
    ],
    ['a bad SKU', recipe([of('$A')]), { status: 400, code: 'invalid_code', field: 'components[0].sku' }],
    [
      'too many components',
      recipe(Array.from({ length: 65 }, (_, index) => of(`C${index}`))),
      { status: 400, code: 'too_many_items', field: 'components' },
    ],
  ])('with %s is refused, and nothing is stored', async (_name, body, problem) => {
    await put('KIT', recipe([of('A')]));
    await expectRefusal(server, () => server.call('PUT', '/v1/bundles/SET', { body }), problem);
  });

  it('of a SKU that is stocked, or that a bundle is made of, is refused', async () => {
    await put('KIT', recipe([of('A'), of('C')], { revision: 0 }));
    await expectRefusal(server, () => server.call('PUT', '/v1/bundles/B', { body: recipe([of('A')]) }), {
      ...{ status: 409, code: 'sku_has_stock', field: 'sku' },
    });
    await expectRefusal(server, () => server.call('PUT', '/v1/bundles/C', { body: recipe([of('A')]) }), {
      ...{ status: 422, code: 'bundle_too_deep', field: 'components' },
    });
  });

  it('that was never set is unknown', async () => {
    for (const path of ['/v1/bundles/NONE', '/v1/bundles/NONE/history'])
      expect(await server.call('GET', path)).toMatchObject({ status: 404, body: { code: 'unknown_bundle' } });
  });
});
