import { expect, it } from 'vitest';
import { prestashopKind } from '../connections/kinds/prestashop.js';
import { createOpenShops, type Opening } from './open-shops.js';

/** A shop that nobody has to answer for: it is opened and closed, and not asked. */
const opening = (): Opening & { readonly closed: string[] } => {
  const closed: string[] = [];
  const kind: Opening['kind'] = {
    ...prestashopKind,
    open: (given) => {
      const shop = prestashopKind.open(given);
      const close = async (): Promise<void> => {
        closed.push(String(given.settings['url']));
        await shop.close();
      };
      return { ...shop, close };
    },
  };
  return { kind, settings: { url: 'https://one.example/' }, secrets: { key: 'A'.repeat(32) }, closed };
};

const opened = async () => {
  const { closed, ...wanted } = opening();
  const shops = createOpenShops(() => 0);
  return { shops, wanted, closed, first: await shops.open('web', wanted) };
};

it('keeps a shop that is opened with the same, and what was learnt of its pace', async () => {
  const { shops, wanted, first, closed } = await opened();
  first.tempo.wrote(first.tempo.rows(), 1);
  const again = await shops.open('web', {
    ...wanted,
    settings: { ...wanted.settings },
    secrets: { ...wanted.secrets },
  });
  expect(again).toBe(first);
  expect(again.tempo.rows()).toBeGreaterThan((await opened()).first.tempo.rows());
  expect(closed).toEqual([]);
  await shops.closeAll();
});

it.each<[string, (wanted: Opening) => Opening]>([
  ['another address', (wanted) => ({ ...wanted, settings: { url: 'https://two.example/' } })],
  ['another key', (wanted) => ({ ...wanted, secrets: { key: 'B'.repeat(32) } })],
  ['another kind', (wanted) => ({ ...wanted, kind: { ...wanted.kind, kind: 'other' } })],
])('opens it anew with %s, and closes the one before', async (_, change) => {
  const { shops, wanted, first, closed } = await opened();
  expect(await shops.open('web', change(wanted))).not.toBe(first);
  expect(closed).toEqual(['https://one.example/']);
  await shops.closeAll();
});

it('opens it anew, once, where it is not what it was', async () => {
  const { shops, wanted, first, closed } = await opened();
  shops.mistrust('web');
  const second = await shops.open('web', wanted);
  expect(second).not.toBe(first);
  expect(await shops.open('web', wanted)).toBe(second);
  expect(closed).toHaveLength(1);
  await shops.closeAll();
});

it('closes the shops of channels alone that are not run any more, and in the end all', async () => {
  const { shops, wanted, first, closed } = await opened();
  await shops.open('other', { ...wanted, settings: { url: 'https://other.example/' } });
  await shops.close('other');
  await shops.close('other');
  expect([closed, shops.channels()]).toEqual([['https://other.example/'], ['web']]);
  await shops.closeAll();
  expect([closed.length, shops.channels()]).toEqual([2, []]);
  expect(await shops.open('web', wanted)).not.toBe(first);
  await shops.closeAll();
});

it('has none open where the settings fit no more', async () => {
  const { shops, wanted, closed } = await opened();
  await expect(shops.open('web', { ...wanted, settings: { url: 7 } })).rejects.toThrow('do not fit');
  expect([closed, shops.channels()]).toEqual([['https://one.example/'], []]);
});
