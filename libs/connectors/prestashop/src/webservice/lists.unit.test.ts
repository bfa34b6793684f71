import { describe, expect, it } from 'vitest';
import { recordedAnswer } from '../../testing/replay/recorded-answers.js';
import { type SeenRequest } from '../../../../shop-http/testing/replay-server.js';
import { withShop } from '../../testing/replay/with-shop.js';
import { anyOf, between, idsMax, readByIds, readOne, readPage, readPages } from './lists.js';
import { readVersion } from './read-version.js';
import { orders } from './resources/orders.js';
import { combinations } from './resources/combinations.js';
import { stockAvailables } from './resources/stock-availables.js';
import { familyOf } from './version.js';

const headers = { 'psws-version': '8.2.1' };

const combination = (id: number): string =>
  `<combination><id>${id}</id><id_product>1</id_product><reference>r${id}</reference></combination>`;

/** A shop with ten combinations that pages as the real one does. */
const paging = ({ query }: SeenRequest) => {
  const after = Number(/^>\[(\d+)\]$/u.exec(query['filter[id]'] ?? '')?.[1]);
  const ids = Array.from({ length: 10 }, (_, at) => at + 1).filter((id) => id > after);
  const rows = ids.slice(0, Number(query['limit'])).map(combination);
  const body = `<?xml version="1.0" encoding="UTF-8"?><prestashop><combinations>${rows.join('')}</combinations></prestashop>`;
  return { status: 200, headers, body };
};

const collect = async <Value>(pages: AsyncIterable<Value>): Promise<readonly Value[]> => {
  const all: Value[] = [];
  for await (const page of pages) all.push(page);
  return all;
};

describe('pages', () => {
  it('are asked for as the real shop takes it', async () => {
    await withShop(paging, async (client, server) => {
      await readPage(client, combinations, {
        afterId: 3,
        rowsMax: 2,
        filters: [anyOf('reference', ['a', 'b'])],
        shopId: 2,
      });
      expect(server.seen[0]?.query).toEqual({
        'filter[reference]': '[a|b]',
        'filter[id]': '>[3]',
        id_shop: '2',
        display: '[id,id_product,reference]',
        sort: '[id_ASC]',
        limit: '2',
      });
    });
  });

  it('follow the last id until one is not full', async () => {
    await withShop(paging, async (client, server) => {
      const pages = await collect(readPages(client, combinations, { rowsMax: 4 }));
      const ids = pages.map((page) => (page.kind === 'ok' ? page.value.map(({ id }) => id) : page.failure.kind));
      expect(ids).toEqual([
        [1, 2, 3, 4],
        [5, 6, 7, 8],
        [9, 10],
      ]);
      expect(server.seen).toHaveLength(3);
    });
  });

  it('end with an empty one where the last was full', async () => {
    await withShop(paging, async (client, server) => {
      expect(await collect(readPages(client, combinations, { rowsMax: 5 }))).toHaveLength(3);
      expect(server.seen).toHaveLength(3);
    });
  });

  it('end where one fails', async () => {
    const failing = (request: SeenRequest) =>
      request.query['filter[id]'] === '>[0]' ? paging(request) : recordedAnswer('8.2.1', 'webservice disabled');
    await withShop(failing, async (client) => {
      const pages = await collect(readPages(client, combinations, { rowsMax: 4 }));
      expect(pages).toMatchObject([{ kind: 'ok' }, { kind: 'failed', failure: { kind: 'webservice_off' } }]);
    });
  });

  it('that do not go on are malformed', async () => {
    const stuck = (request: SeenRequest) => paging({ ...request, query: { ...request.query, 'filter[id]': '>[0]' } });
    await withShop(stuck, async (client) => {
      const pages = await collect(readPages(client, combinations, { rowsMax: 4 }));
      expect(pages).toMatchObject([{ kind: 'ok' }, { failure: { kind: 'malformed' } }]);
    });
  });

  it('by date carry the switch that dates need', async () => {
    await withShop(
      () => recordedAnswer('8.2.1', 'orders: full'),
      async (client, server) => {
        const filters = [between('date_upd', '2026-11-20 00:00:00', '2026-11-21 00:00:00')];
        expect(await readPage(client, orders, { afterId: 0, filters })).toMatchObject({ value: { isLast: true } });
        expect(server.seen[0]?.query).toMatchObject({
          date: '1',
          'filter[date_upd]': '[2026-11-20 00:00:00,2026-11-21 00:00:00]',
        });
      },
    );
  });
});

describe('rows by id', () => {
  it('are asked for together', async () => {
    await withShop(
      () => recordedAnswer('8.2.1', 'list: full'),
      async (client, server) => {
        expect(await readByIds(client, stockAvailables, [1, 2])).toMatchObject({ value: [{ id: 1 }, { id: 2 }] });
        expect(server.seen[0]?.query['filter[id]']).toBe('[1|2]');
        expect(await readByIds(client, stockAvailables, [])).toEqual({ kind: 'ok', value: [] });
        const many = Array.from({ length: idsMax + 1 }, (_, id) => id);
        await expect(readByIds(client, stockAvailables, many)).rejects.toThrow(RangeError);
        expect(server.seen).toHaveLength(1);
      },
    );
  });

  it('are found alone, or not', async () => {
    await withShop(
      ({ path }) => recordedAnswer('8.2.1', path === '/api/stock_availables/6' ? 'one' : 'one: unknown id'),
      async (client) => {
        expect(await readOne(client, stockAvailables, 6)).toMatchObject({ value: { id: 6, productId: 6 } });
        expect(await readOne(client, stockAvailables, 7)).toMatchObject({ failure: { kind: 'not_found' } });
      },
    );
  });
});

describe('the version', () => {
  it.each([
    ['1.7.8.11', '1.7'],
    ['8.2.1', '8'],
    ['9.1.4', '9'],
    ['1.6.1.24', undefined],
    ['10.0.0', undefined],
    ['0', undefined],
    ['', undefined],
  ])('%s is of family %s', (version, family) => {
    expect(familyOf(version)).toBe(family);
  });

  it('is in the head of an answer', async () => {
    await withShop(
      () => recordedAnswer('9.1.4', 'list: chosen fields'),
      async (client) =>
        expect(await readVersion(client)).toEqual({ kind: 'ok', value: { version: '9.1.4', family: '9' } }),
    );
  });

  it('that is not supported is a failure, and so is none', async () => {
    const answer = recordedAnswer('9.1.4', 'list: chosen fields');
    for (const given of [{ ...answer.headers, 'psws-version': '1.6.1' }, {}]) {
      await withShop(
        () => ({ ...answer, headers: given }),
        async (client) => expect(await readVersion(client)).toMatchObject({ failure: { kind: 'malformed' } }),
      );
    }
  });
});
