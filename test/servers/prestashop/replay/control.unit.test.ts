import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createPrestashop, type Shop } from '../shop/shop.js';
import type { PrestashopServer } from '../start.js';
import { scriptOf } from './effects/cases.js';
import { asRecorded } from './effects/scale.js';
import { play } from './effects/script.js';
import { effectCases, webserviceRecords, type WebserviceRecord } from './recordings.js';
import { doByHand, expected, replay, startRecordedShop } from './webservice.js';

/** The names of the cases of 8.2 that a shop does otherwise, of those that a control needs. */
const wrongCases = async (makeShop: () => Shop, played = /./): Promise<readonly string[]> => {
  const wrong: string[] = [];
  for (const one of effectCases('8.2')) {
    const script = scriptOf(one);
    if (script === undefined || one.name.startsWith('multistore') || !played.test(one.name)) continue;
    const about = { version: '8.2', scale: asRecorded, shop: makeShop() } as const;
    const { found, recorded } = await play(script(one, about), one);
    if (!isDeepStrictEqual(found, recorded)) wrong.push(one.name);
  }
  return wrong;
};

describe('control: the replay of effects goes red', () => {
  it('on the effects of another release, and there alone', async () => {
    const played = /^ws-transition-|^pack|^create-|^edit-seq/;
    const of91 = new Map(effectCases('9.1').map((one) => [one.name, one]));
    const differing = effectCases('8.2')
      .filter(({ name }) => played.test(name))
      .filter((one) => !isDeepStrictEqual(one.after, of91.get(one.name)?.after))
      .map(({ name }) => name);
    expect(await wrongCases(() => createPrestashop({ version: '9.1' }), played)).toEqual(differing);
    expect(differing.length).toBeGreaterThan(20);
  });

  it('where one state has another flag', async () => {
    const wrong = await wrongCases(() => {
      const shop = createPrestashop({ version: '8.2' });
      const state = shop.tables.states.get(11);
      if (state !== undefined) shop.tables.states.put({ ...state, logable: 0 });
      return shop;
    }, /transition-[68]-/);
    expect(wrong).toContain('ws-transition-6-11');
    expect(wrong).toContain('bo-transition-8-11');
    expect(wrong).not.toContain('ws-transition-6-2');
  });

  it('where refunds and edits write one unit more', async () => {
    const wrong = await wrongCases(() => {
      const shop = createPrestashop({ version: '8.2' });
      const { put } = shop.tables.details;
      Object.assign(shop.tables.details, {
        put: (row: Parameters<typeof put>[0]) =>
          put({ ...row, product_quantity_reinjected: row.product_quantity_reinjected + 1 }),
      });
      return shop;
    }, /^edit-|^create-/);
    expect(wrong).toContain('edit-partialrefund1-restock in 2');
    expect(wrong).toContain('edit-updateproduct 3->5 in 2');
    expect(wrong).not.toContain('create-st10-p6-0');
  });
});

const wrongRecords = async (
  server: PrestashopServer,
  records: readonly WebserviceRecord[],
): Promise<readonly string[]> => {
  const wrong: string[] = [];
  for (const record of records) {
    doByHand(server.shop, record);
    if (!isDeepStrictEqual(await replay(server, record), expected(record))) wrong.push(record.name);
  }
  await server.stop();
  return wrong;
};

describe('control: the replay of the webservice goes red', () => {
  it('on another release', async () => {
    const wrong = await wrongRecords(await startRecordedShop('9.1'), webserviceRecords('8.2'));
    expect(wrong).toEqual(
      expect.arrayContaining(['one: JSON', 'PATCH: quantity text', 'order_returns: no such resource']),
    );
    expect(wrong).not.toContain('auth: no key');
  });

  it('on a quantity that is one too many', async () => {
    const server = await startRecordedShop('8.2');
    const row = server.shop.tables.stock.get(6);
    if (row !== undefined) server.shop.tables.stock.put({ ...row, quantity: row.quantity + 1 });
    const wrong = await wrongRecords(server, webserviceRecords('8.2').slice(0, 56));
    expect(wrong).toEqual(expect.arrayContaining(['one', 'one: JSON', 'before PUT']));
    expect(wrong).not.toContain('list: ids only');
  });
});
